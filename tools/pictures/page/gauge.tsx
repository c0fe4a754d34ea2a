import { type FieldDisplay, formattedValueToString, type GrafanaTheme2 } from '@grafana/data';

/** Degrees at which the arc begins, and how far it goes. */
const START = -225;
const SWEEP = 270;

function arc(center: readonly [number, number], radius: number, from: number, to: number): string {
  const at = (share: number): string => {
    const angle = ((START + SWEEP * share) * Math.PI) / 180;
    return `${center[0] + radius * Math.cos(angle)} ${center[1] + radius * Math.sin(angle)}`;
  };
  return `M ${at(from)} A ${radius} ${radius} 0 ${(to - from) * SWEEP > 180 ? 1 : 0} 1 ${at(to)}`;
}

interface GaugeProps {
  readonly value: FieldDisplay;
  readonly width: number;
  readonly height: number;
  readonly theme: GrafanaTheme2;
}

/** A value as an arc, its thresholds around it. Grafana publishes the types of its gauge, not the gauge. */
export function Gauge({ value: { display, field }, width, height, theme }: GaugeProps) {
  const { min = 0, max = 100 } = field;
  const share = (value: number): number => Math.min(1, Math.max(0, (value - (min ?? 0)) / ((max ?? 100) - (min ?? 0))));
  const steps = field.thresholds?.steps ?? [];
  const radius = Math.min(width / 2, height / 1.75) - 8;
  const thickness = radius * 0.28;
  const center = [width / 2, radius + 8] as const;
  const inner = radius - thickness / 2 - 5;
  return (
    <svg width={width} height={height}>
      {steps.map(({ value, color }, i) => (
        <path key={value} d={arc(center, radius, share(value), share(steps[i + 1]?.value ?? Infinity))} stroke={theme.visualization.getColorByName(color)} strokeWidth={4} fill="none" />
      ))}
      <path d={arc(center, inner, 0, 1)} stroke={theme.colors.background.secondary} strokeWidth={thickness} fill="none" />
      <path d={arc(center, inner, 0, Math.max(0.001, share(display.numeric)))} stroke={display.color} strokeWidth={thickness} fill="none" />
      <text x={center[0]} y={center[1] + 8} textAnchor="middle" fontSize={radius * 0.4} fontWeight={500} fill={display.color}>{formattedValueToString(display)}</text>
    </svg>
  );
}

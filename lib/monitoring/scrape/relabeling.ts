import { checkCount, checkLabelName, isClassicLabelName } from '../../checks';
import { checkRegex, matchesAnchored } from '../../regex';
import { groupFault, selectionFault } from './relabeling-rules';
import { unlessDefault } from '../../wire/data';
import { RelabelAction, RelabelStep } from '../../wire/relabel-steps';
import { checkArguments } from '../../arguments';

/** Options of a relabeling with action `replace`. */
export interface ReplaceOptions {
  /**
   * Labels whose values, joined by the separator, are matched.
   * @default - none: the replacement is written as it is
   */
  readonly sourceLabels?: string[];
  /** Label that is written. */
  readonly targetLabel: string;
  /**
   * Fully anchored regular expression (RE2) on the joined values.
   * @default (.*)
   */
  readonly regex?: string;
  /**
   * Value to write; `$1` is the first capture group.
   * @default $1
   */
  readonly replacement?: string;
  /**
   * Separator of the joined values.
   * @default ;
   */
  readonly separator?: string;
}

/** Match of a relabeling on targets or series. */
export interface MatchOptions {
  /** Labels whose values, joined by the separator, are matched. */
  readonly sourceLabels: string[];
  /** Fully anchored regular expression (RE2) on the joined values. */
  readonly regex: string;
  /**
   * Separator of the joined values.
   * @default ;
   */
  readonly separator?: string;
}

/** A relabeling as Prometheus's configuration writes it. */
export interface RelabelConfig {
  /**
   * `source_labels`
   * @default - none
   */
  readonly sourceLabels?: string[];
  /**
   * `separator`
   * @default ;
   */
  readonly separator?: string;
  /**
   * `regex`
   * @default (.*)
   */
  readonly regex?: string;
  /**
   * `modulus`
   * @default - none
   */
  readonly modulus?: number;
  /**
   * `target_label`
   * @default - none
   */
  readonly targetLabel?: string;
  /**
   * `replacement`
   * @default $1
   */
  readonly replacement?: string;
  /** `action` */
  readonly action: string;
}

/** The same, of one of the actions that there are. */
interface CheckedConfig extends RelabelConfig {
  readonly action: RelabelAction;
}

/**
 * One step that changes, keeps or drops targets (before a scrape) or series (after it).
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export class Relabeling {
  /** Writes a label. */
  public static replace(options: ReplaceOptions): Relabeling {
    checkArguments('Relabeling.replace', { options });
    checkTarget(options.targetLabel, 'replace');
    return Relabeling.checked({ ...options, action: 'replace' });
  }

  /** Keeps what matches and drops the rest. */
  public static keep(options: MatchOptions): Relabeling {
    checkArguments('Relabeling.keep', { options });
    return Relabeling.checked({ ...options, action: 'keep' });
  }

  /** Drops what matches. */
  public static drop(options: MatchOptions): Relabeling {
    checkArguments('Relabeling.drop', { options });
    return Relabeling.checked({ ...options, action: 'drop' });
  }

  /** Keeps what has the same value in the joined source labels and in the target label. */
  public static keepEqual(sourceLabels: string[], targetLabel: string): Relabeling {
    checkArguments('Relabeling.keepEqual', { sourceLabels, targetLabel });
    checkLabelName(targetLabel, 'Relabeling.keepEqual: targetLabel');
    return Relabeling.checked({ sourceLabels, targetLabel, action: 'keepequal' });
  }

  /** Drops what has the same value in the joined source labels and in the target label. */
  public static dropEqual(sourceLabels: string[], targetLabel: string): Relabeling {
    checkArguments('Relabeling.dropEqual', { sourceLabels, targetLabel });
    checkLabelName(targetLabel, 'Relabeling.dropEqual: targetLabel');
    return Relabeling.checked({ sourceLabels, targetLabel, action: 'dropequal' });
  }

  /** Writes the hash of the joined source labels, modulo `modulus`, into the target label. */
  public static hashMod(sourceLabels: string[], targetLabel: string, modulus: number): Relabeling {
    checkArguments('Relabeling.hashMod', { sourceLabels, targetLabel, modulus });
    checkLabelName(targetLabel, 'Relabeling.hashMod: targetLabel');
    checkCount(modulus, 'Relabeling.hashMod: modulus', 'no hash');
    return Relabeling.checked({ sourceLabels, targetLabel, modulus, action: 'hashmod' });
  }

  /** Copies each label whose name matches to the name that the replacement gives, by default `$1`. */
  public static labelMap(regex: string, replacement: string = '$1'): Relabeling {
    checkArguments('Relabeling.labelMap', { regex, replacement });
    return Relabeling.checked({ regex, replacement, action: 'labelmap' });
  }

  /** Removes each label whose name matches. */
  public static labelDrop(regex: string): Relabeling {
    checkArguments('Relabeling.labelDrop', { regex });
    checkRegex(regex, 'Relabeling.labeldrop: regex');
    if (matchesAnchored(regex, '__address__') && matchesAnchored(regex, '__name__')) {
      throw new Error(`Relabeling.labelDrop: '${regex}' matches every label, the address of the target and the name of the metric too; write it so that it matches less`);
    }
    return Relabeling.checked({ regex, action: 'labeldrop' });
  }

  /** Removes each label whose name does not match. */
  public static labelKeep(regex: string): Relabeling {
    checkArguments('Relabeling.labelKeep', { regex });
    return Relabeling.checked({ regex, action: 'labelkeep' });
  }

  /** Writes the joined source labels in lower case. */
  public static lowercase(sourceLabels: string[], targetLabel: string): Relabeling {
    checkArguments('Relabeling.lowercase', { sourceLabels, targetLabel });
    checkLabelName(targetLabel, 'Relabeling.lowercase: targetLabel');
    return Relabeling.checked({ sourceLabels, targetLabel, action: 'lowercase' });
  }

  /** Writes the joined source labels in upper case. */
  public static uppercase(sourceLabels: string[], targetLabel: string): Relabeling {
    checkArguments('Relabeling.uppercase', { sourceLabels, targetLabel });
    checkLabelName(targetLabel, 'Relabeling.uppercase: targetLabel');
    return Relabeling.checked({ sourceLabels, targetLabel, action: 'uppercase' });
  }

  /** A step that the library wrote itself: proven by tests, so not checked at each synth. @internal */
  public static _trusted(config: CheckedConfig): Relabeling {
    return new Relabeling(config);
  }

  private static checked(config: CheckedConfig): Relabeling {
    const where = `Relabeling.${config.action}`;
    const sources = config.sourceLabels ?? [];
    sources.forEach((label) => checkSource(label, `${where}: sourceLabels`));
    if (['keep', 'drop', 'keepequal', 'dropequal', 'hashmod', 'lowercase', 'uppercase'].includes(config.action) && sources.length === 0) {
      throw new Error(`${where}: sourceLabels is empty; name the labels to look at`);
    }
    if (config.regex !== undefined) {
      checkRegex(config.regex, `${where}: regex`);
    }
    checkGroups(config, where);
    return new Relabeling({ ...config, ...(config.sourceLabels === undefined ? {} : { sourceLabels: [...sources] }) });
  }

  private constructor(private readonly config: CheckedConfig) {}

  /** The step in the wire form. @internal */
  public _step(): RelabelStep {
    const { sourceLabels, separator, regex, modulus, targetLabel, replacement, action } = this.config;
    return { sourceLabels, separator, regex, modulus, targetLabel, replacement, action: unlessDefault(action, 'replace') };
  }

  /** The step as Prometheus's configuration writes it. */
  public toConfig(): RelabelConfig {
    const { sourceLabels, ...rest } = this.config;
    return sourceLabels === undefined ? rest : { sourceLabels: [...sourceLabels], ...rest };
  }
}

/** Throws unless a target or a series may have the label; discovery replaces what was no name of a label in former versions. */
function checkSource(label: string, where: string): void {
  checkLabelName(label, where);
  if (label.startsWith('__meta_') && !isClassicLabelName(label)) {
    throw new Error(`${where}: '${label}' never exists, since discovery writes '_' for other characters than letters and digits; write '${label.replace(/[^a-zA-Z0-9_]/g, '_')}'`);
  }
}

/** A target label may hold references to capture groups, so only what surely fails is refused. */
function checkTarget(label: string, action: string): void {
  checkLabelName(label.replace(/\$(\{\w+\}|\w+)/g, 'x'), `Relabeling.${action}: targetLabel`);
}

/**
 * Throws when the replacement or the target label refers to a group that the expression does not have, and so to nothing, and when everything is
 * dropped.
 */
function checkGroups({ action, regex = '(.*)', replacement = '$1', targetLabel = '', sourceLabels = [] }: CheckedConfig, where: string): void {
  const fault = groupFault(action, regex, replacement, targetLabel) ?? (action === 'drop' ? selectionFault(action, regex, sourceLabels) : undefined);
  if (fault !== undefined) {
    throw new Error(`${where}: ${fault.at}: ${fault.says}`);
  }
}

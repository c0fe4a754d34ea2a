/** What the API takes as a number or as a text: a port, a percentage, a quantity. The L1 classes' `IntOrString` and `Quantity` are of this shape. */
class NumberOrText {
  constructor(public readonly value: number | string) {}
}

/** A port by number or name, a percentage, or a quantity, for the props of an L1 class. */
export function numberOrText(value: number | string): NumberOrText {
  return new NumberOrText(value);
}

/** The member of an enum that a dashboard's JSON names. */
export function member<E extends string>(of: Readonly<Record<string, E>>, text: string): E {
  const found = Object.values(of).find((one) => `${one}` === text);
  if (found === undefined) {
    throw new Error(`'${text}' is none of ${Object.values(of).join(', ')}`);
  }
  return found;
}

import { Data } from '../data';
import { spell, WireMap } from '../wire/data';
import { fileSpelling } from '../wire/file-spelling';

const SPELLING = fileSpelling('prometheus');

/** A client as Prometheus's configuration has it. */
export function httpClientConfig(client: WireMap): Data {
  return spell(client, SPELLING);
}

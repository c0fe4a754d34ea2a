import { DataStorage } from '../kubernetes';
import { dataFolder, Program } from '../kubernetes/mount-paths';

/** Program of a resource with storage, and the construct that runs it without the operator. */
const PLAIN = { prometheus: 'PrometheusServer', alertmanager: 'AlertmanagerServer' } as const satisfies { readonly [program in Program]?: string };

/** Whether the data is in the root of its volume and not in the operator's folder. */
export function isInRoot({ _folder: folder }: DataStorage): boolean {
  return folder === '';
}

/** Throws on storage that the operator's resources cannot say: a claim that exists, and a folder that is neither the operator's own nor the root. */
export function checkOperatedStorage(where: string, program: keyof typeof PLAIN, storage: DataStorage): void {
  const { _kind: kind, _claimName: claim, _folder: folder } = storage;
  if (kind === 'existingClaim') {
    throw new Error(`${where}: the operator makes its own claims and takes no existing one, such as '${claim}'; use DataStorage.volumeClaimTemplate(), or ${PLAIN[program]}`);
  }
  if (folder !== undefined && folder !== '' && folder !== dataFolder(program)) {
    throw new Error(`${where}: the operator keeps data in the folder '${dataFolder(program)}' or in the root of the volume, got subPath '${folder}'; leave it out, write '/', or use ${PLAIN[program]}`);
  }
}

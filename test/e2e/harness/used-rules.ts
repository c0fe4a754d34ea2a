import { auditLogPath, usesOf } from './audit-log';
import { eventually } from './eventually';
import { say } from './progress';
import { Account, grantsOf, isUsed, mayDo, spelled } from './rbac';

function auditLog(): string | undefined {
  const file = auditLogPath();
  if (file === undefined && process.env.E2E_WITHOUT_AUDIT !== '1') {
    throw new Error(
      'the audit log of the API server cannot be read here, so what is granted cannot be held against what is used; '
      + 'give its path in AUDIT_LOG, or say E2E_WITHOUT_AUDIT=1 to do without this proof',
    );
  }
  return file;
}

/** Looks for what a service account asked for in this run and was refused. */
export async function noRequestIsRefused(account: Account): Promise<void> {
  const file = auditLog();
  if (file === undefined) {
    say('  NOT RUN, as E2E_WITHOUT_AUDIT=1 asks: no audit log that tells of refused requests');
    return;
  }
  const uses = await usesOf(file, account, new Date(Number(process.env.E2E_STARTED)));
  expect(uses).not.toEqual([]);
  expect([...new Set(uses.filter(({ allowed }) => allowed === false).map(spelled))]).toEqual([]);
  const grants = await grantsOf(account);
  const unused = grants.filter((grant) => !uses.some((use) => isUsed({ ...grant, namespace: grant.namespace ?? use.namespace }, [use])));
  say(`  ${uses.length} uses in the audit log, of ${grants.length - unused.length} of ${grants.length} grants; not used: ${unused.map(spelled).join(', ') || 'none'}`);
}

/** Holds what a service account is granted against what it did in this run: all that it asked for is allowed, all that is allowed was used. */
export async function everyRuleIsUsed(account: Account): Promise<void> {
  const file = auditLog();
  if (file === undefined) {
    say('  NOT RUN, as E2E_WITHOUT_AUDIT=1 asks: no audit log to hold grants against');
    return;
  }
  const since = new Date(Number(process.env.E2E_STARTED));
  const grants = await grantsOf(account);
  expect(grants).not.toEqual([]);
  const uses = await eventually(`${grants.length} grants of ${account.namespace}/${account.name} are used`, 120, async () => {
    const seen = await usesOf(file, account, since);
    expect(grants.filter((grant) => !isUsed(grant, seen)).map((grant) => `${spelled(grant)}, granted by ${grant.role}`)).toEqual([]);
    return seen;
  });
  expect(uses.filter(({ allowed }) => allowed === false).map(spelled)).toEqual([]);
  const asked = [...new Map(uses.filter(({ allowed }) => allowed === undefined).map((use) => [spelled(use), use])).values()];
  for (const use of asked) {
    const allowed = await mayDo(account, use);
    expect({ use: spelled(use), allowed }).toEqual({ use: spelled(use), allowed: true });
  }
  say(`  ${uses.length} uses in the audit log; components asked about: ${asked.map(spelled).join(', ') || 'none'}`);
}

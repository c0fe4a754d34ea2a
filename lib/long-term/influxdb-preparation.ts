import { k8s } from 'cdk8s-plus-27';
import { DATA_DIR, INFLUXD, InfluxDbSettings, variables } from './influxdb-settings';
import { BasicAuth } from '../monitoring';

/**
 * An empty last file of a write-ahead log is one that InfluxDB does not append to.
 *
 * The server runs on the loopback without authentication and without its data: databases, retention policies and users are all in the folder
 * `meta`. Statements go by pipe, so that no password is an argument. Each has the same effect again when it runs a second time.
 */
const SCRIPT = `
# A write-ahead log goes on in a new file. Behind the torn end that a full disk leaves in the last one, what is written is lost at the next start.
for log in ${DATA_DIR}/wal/*/*/*; do
  last=$(ls "$log" 2>/dev/null | grep '^_.*[.]wal$' | tail -n 1)
  [ -n "$last" ] && [ -s "$log/$last" ] || continue
  number=$(echo "$last" | tr -dc 0-9 | sed 's/^0*//')
  : >"$log/$(printf '_%05d.wal' $((number + 1)))"
done

${INFLUXD.join(' ')} &
server=$!

ask() {
  influx -host 127.0.0.1 -port 8087
}

# The password in a file, as InfluxQL has it.
password() {
  [ -s "$1" ] || { echo "$1 is empty" >&2; exit 1; }
  printf "'%s'" "$(sed -e "s/[\\\\\\\\']/\\\\\\\\&/g" -e '1s/^[[:space:]]*//' -e '$s/[[:space:]]*$//' "$1")"
}

# A user with the password in a file; if there is one, the password is set anew.
user() {
  secret=$(password "$2")
  printf 'CREATE USER "%s" WITH PASSWORD %s' "$1" "$secret" | ask >/dev/null 2>&1 || :
  printf 'SET PASSWORD FOR "%s" = %s' "$1" "$secret" | ask
}

until echo 'SHOW DATABASES' | ask >/dev/null 2>&1; do
  kill -0 "$server"
  sleep 1
done
`.trimStart();

/** Statements that make the database and set its retention. */
function databaseStatements({ database, retention, shardDuration }: InfluxDbSettings): string[] {
  return [
    `CREATE DATABASE "${database}"`,
    `ALTER RETENTION POLICY "autogen" ON "${database}" DURATION ${retention} SHARD DURATION ${shardDuration} DEFAULT`,
  ];
}

/** Statements that grant each user what it may, and nothing else of the database. */
function privilegeStatements({ database, props: { credentials: { admin, writer, reader } } }: InfluxDbSettings): string[] {
  return [
    `GRANT ALL PRIVILEGES TO "${admin.username}"`,
    ...[writer, reader].map(({ username }) => `REVOKE ALL PRIVILEGES FROM "${username}"`),
    `GRANT WRITE ON "${database}" TO "${writer.username}"`,
    `GRANT READ ON "${database}" TO "${reader.username}"`,
  ];
}

function script(settings: InfluxDbSettings): string {
  const { admin, writer, reader } = settings.props.credentials;
  const asked = (statements: string[]) => `echo '${statements.join('; ')}' | ask`;
  const user = ({ username, password }: BasicAuth) => `user ${username} ${password._file('influxdb')}`;
  return [
    SCRIPT, asked(databaseStatements(settings)), ...[admin, writer, reader].map(user), asked(privilegeStatements(settings)), 'kill "$server"', 'wait "$server"', '',
  ].join('\n');
}

/**
 * The init container that makes the database and the users, or brings them up to date, before InfluxDB can be reached. Upstream's entry point does so
 * only on an empty volume, and never again where it was interrupted.
 * @see https://github.com/influxdata/influxdata-docker
 */
export function preparation(settings: InfluxDbSettings, data: k8s.VolumeMount, secrets: readonly k8s.VolumeMount[]): k8s.Container {
  return {
    name: 'initialize',
    image: settings.image,
    command: ['/bin/sh', '-eu', '-c', script(settings)],
    env: variables({
      DATA_DIR: '/tmp/data',
      DATA_WAL_DIR: '/tmp/wal',
      // not that of the real one, so that nothing is sent here that is lost
      HTTP_BIND_ADDRESS: '127.0.0.1:8087',
      HTTP_AUTH_ENABLED: 'false',
      HTTP_LOG_ENABLED: 'false',
      RETENTION_ENABLED: 'false',
      SHARD_PRECREATION_ENABLED: 'false',
      LOGGING_LEVEL: 'warn',
    }),
    resources: settings.preparationResources,
    volumeMounts: [data, ...secrets, { name: 'tmp', mountPath: '/tmp' }],
  };
}

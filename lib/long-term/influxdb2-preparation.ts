import { k8s } from 'cdk8s-plus-27';
import { InfluxDb2Settings, variables } from './influxdb2-settings';
import { SecretKey } from '../kubernetes';
import { BasicAuth } from '../monitoring';

/**
 * The server runs on the loopback without its samples: organizations, buckets and users are in the files of BoltDB and SQLite. Passwords go by pipe,
 * so that none is an argument, and the token by the environment. Each step has the same effect again when it runs a second time.
 */
const SCRIPT = `
influxd &
server=$!

# The content of a file, without white space around it, as Prometheus and Grafana have it.
secret() {
  [ -s "$1" ] || { echo "$1 is empty" >&2; exit 1; }
  sed -e '1s/^[[:space:]]*//' -e '$s/[[:space:]]*$//' "$1"
}

# A user of the API of version 1 with the password in a file, who may only what is said; one who is there is replaced.
user() {
  password=$(secret "$2")
  influx v1 auth delete --username "$1" >/dev/null 2>&1 || :
  influx v1 auth create --org "$ORG" --username "$1" --no-password "$3" "$4" >/dev/null
  printf '%s\\n' "$password" | influx v1 auth set-password --username "$1" >/dev/null
}

until influx ping >/dev/null 2>&1; do
  kill -0 "$server"
  sleep 1
done
`.trimStart();

/** Steps that set the server up, or bring it up to date. */
const STEPS = `
if ! influx org list --name "$ORG" >/dev/null 2>&1; then
  # it fails where the server is set up already
  printf '%s\\ny\\n' "$password" | influx setup --username "$ADMIN" --org "$ORG" --bucket "$BUCKET" --retention "$RETENTION" >/dev/null || {
    echo 'a server that is set up needs the token of its administrator, and the organization that it was set up with' >&2
    exit 1
  }
fi
printf '%s\\n' "$password" | influx user password --name "$ADMIN" >/dev/null
bucket() {
  influx bucket list --org "$ORG" --name "$BUCKET" 2>/dev/null | cut -f 1
}
[ -n "$(bucket)" ] || influx bucket create --org "$ORG" --name "$BUCKET" --retention "$RETENTION" >/dev/null
id=$(bucket)
influx bucket update --id "$id" --retention "$RETENTION" >/dev/null
`.trimStart();

const fileOf = (key: SecretKey) => key._file('influxdb');

function script({ props: { credentials: { admin, adminToken, writer, reader } } }: InfluxDb2Settings): string {
  const user = ({ username, password }: BasicAuth, privilege: string) => `user ${username} ${fileOf(password)} --${privilege}-bucket "$id"`;
  return [
    SCRIPT, `INFLUX_TOKEN=$(secret ${fileOf(adminToken)})`, 'export INFLUX_TOKEN', `password=$(secret ${fileOf(admin.password)})`, STEPS,
    user(writer, 'write'), user(reader, 'read'), '# it has no handler of this signal; all is in its files by then', 'kill "$server"', 'wait "$server" || :', '',
  ].join('\n');
}

/**
 * The init container that makes organization, bucket and users, or brings them up to date, before InfluxDB can be reached. Upstream's entry point
 * does so only on an empty volume.
 * @see https://docs.influxdata.com/influxdb/v2/reference/cli/influx/
 */
export function preparation2(settings: InfluxDb2Settings, data: k8s.VolumeMount, secrets: readonly k8s.VolumeMount[]): k8s.Container {
  const { org, bucket, retention, props: { credentials: { admin } } } = settings;
  return {
    name: 'initialize',
    image: settings.image,
    command: ['/bin/sh', '-eu', '-c', script(settings)],
    env: [
      ...variables({
        ENGINE_PATH: '/tmp/engine',
        // not that of the real one, so that nothing is sent here that is lost
        HTTP_BIND_ADDRESS: '127.0.0.1:8087',
        // shards that it does not have are left alone
        STORAGE_RETENTION_CHECK_INTERVAL: '24h',
        STORAGE_SHARD_PRECREATOR_CHECK_INTERVAL: '24h',
        NO_TASKS: 'true',
        UI_DISABLED: 'true',
        LOG_LEVEL: 'warn',
      }),
      { name: 'INFLUX_HOST', value: 'http://127.0.0.1:8087' },
      { name: 'INFLUX_CONFIGS_PATH', value: '/tmp/configs' },
      { name: 'INFLUX_HIDE_HEADERS', value: 'true' },
      ...Object.entries({ ORG: org, BUCKET: bucket, RETENTION: retention, ADMIN: admin.username }).map(([name, value]) => ({ name, value })),
    ],
    resources: settings.preparationResources,
    volumeMounts: [data, ...secrets, { name: 'tmp', mountPath: '/tmp' }],
  };
}

import { namesSecret, secretUrl, secretsOfUser, textSecret } from '../lib/secret-texts';

test.each([
  'password', 'client_secret', 'clientSecret', 'apiKey', 'API-Key', 'X-Api-Key', 'X-Auth-Token', 'Authorization', 'Proxy-Authorization', 'Cookie', 'routing_key',
  'AWS_SECRET_ACCESS_KEY', 'bot_token', 'x-license-key', 'private.key', 'webhook_url',
])('%s is the name of a secret', (name) => {
  expect(namesSecret(name)).toBe(true);
});

test.each([
  'password_file', 'token_file', 'secretName', 'tokenUrl', 'token_type', 'key', 'dedup_key', 'client_id', 'X-Scope-OrgID', 'keyboard', 'tokens_total', 'access_key',
  'passwords', 'monkey', 'project_key', 'issue_key',
])('%s is not', (name) => {
  expect(namesSecret(name)).toBe(false);
});

test.each([
  ['https://u:hunter2@host/x', 'has a user or a password in it'],
  ['https://{{ .CommonLabels.user }}:hunter2@host/', 'has a user or a password in it'],
  ['https://me:hunter2@{{ .CommonLabels.host }}/', 'has a user or a password in it'],
  ['postgres://me:hunter2@db/x', 'has a user or a password in it'],
  ['https://0123abcd@sentry.example.org/1', 'has a user or a password in it'],
  ['see https://a/ and https://u:hunter2@b/', 'has a user or a password in it'],
  ['http://hook/?a=b&token=abc', "has a secret in its parameter 'token'"],
  ['http://hook/x?api_key=abc', "has a secret in its parameter 'api_key'"],
  ['http://hook/{{ .Status }}?apikey=abc#x', "has a secret in its parameter 'apikey'"],
  ['https://logic.example.org/run?sig=abc', "has a secret in its parameter 'sig'"],
  ['https://hooks.slack.com/services/T0/B0/x', 'is a secret itself'],
  ['https://discord.com/api/webhooks/1/x', 'is a secret itself'],
])('%s shows a secret', (text, says) => {
  expect(secretUrl(text)?.says).toBe(says);
});

test.each([
  'https://host:8080/x@y?z=a:b@c', 'http://hook/?token={{ .CommonLabels.token }}', 'http://hook/?token=', 'https://{{ .A }}:{{ .B }}@host/', 'https://u:$(PASSWORD)@host/',
  'ssh://git@github.com/x', 'mailto:me@example.org', 'no URL: a:b@c', 'http://hook/token/abc', 'http://hook/?page_token_type=a', 'https://a, b:c@d',
])('%s shows none', (text) => {
  expect(secretUrl(text)).toBeUndefined();
});

test('bodies of requests are read', () => {
  expect(textSecret('{"user": "me", "apiKey": "abc"}')).toContain("'apiKey'");
  expect(textSecret('grant_type=client_credentials&client_secret=abc')).toContain("'client_secret'");
  expect(textSecret('{"apiKey": "{{ .CommonLabels.key }}", "grant_type": "password"}')).toBeUndefined();
  expect(textSecret('grant_type=password&scope=x')).toBeUndefined();
});

test('secrets are found at any depth, with their place', () => {
  const value = { a: [{ token: 'x' }, { token: '{{ .Labels.x }}' }], b: { password: 12 }, url: 'http://u:p@h', secret: true, token_file: '/x', token: '' };
  expect(secretsOfUser(value, '', '').map(({ path }) => path)).toEqual(['a[0].token', 'b.password', 'url']);
});

// Requests of remote write 1.0 as Prometheus sends them: series with ten labels, a sample each.

function varint(value) {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function delimited(field, content) {
  return Buffer.concat([Buffer.from([field * 8 + 2, ...varint(content.length)]), content]);
}

const text = (field, value) => delimited(field, Buffer.from(value));

function labelsOf(i) {
  const labels = {
    __name__: `http_requests_${i % 50}_total`, cluster: 'bench', code: '200', container: 'shop', handler: '/api/v1/items', instance: `10.0.${i >> 8}.${i % 256}:8080`,
    job: 'shop', method: 'GET', namespace: 'shop', pod: `shop-${String(i).padStart(5, '0')}`,
  };
  return Buffer.concat(Object.entries(labels).map(([name, value]) => delimited(1, Buffer.concat([text(1, name), text(2, value)]))));
}

/** Snappy without compression: a length, and literals of at most 64 KiB. */
function snappy(content) {
  const parts = [Buffer.from(varint(content.length))];
  for (let at = 0; at < content.length; at += 65_536) {
    const part = content.subarray(at, at + 65_536);
    parts.push(Buffer.from([0xf4, (part.length - 1) % 256, (part.length - 1) >> 8]), part);
  }
  return Buffer.concat(parts);
}

/** Makes requests with so many series, at a time in milliseconds. */
export function requests(series) {
  const labels = Array.from({ length: series }, (_, i) => labelsOf(i));
  return (time) => snappy(Buffer.concat(labels.map((of, i) => {
    const value = Buffer.alloc(8);
    value.writeDoubleLE(i * 1.5 + (time % 100_000));
    return delimited(1, Buffer.concat([of, delimited(2, Buffer.concat([Buffer.from([9]), value, Buffer.from([16, ...varint(time)])]))]));
  })));
}

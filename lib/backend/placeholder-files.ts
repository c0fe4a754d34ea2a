/** Placeholder for a file of a Secret, where a program does not start without the file. */
export enum PlaceholderFile {
  /** Verifies the other side. */
  AUTHORITY = 'authority.pem',
  /** Shown to the other side. */
  CERTIFICATE = 'certificate.pem',
  /** Goes with the certificate. */
  PRIVATE_KEY = 'private-key.pem',
  /** A token or a password. */
  TEXT = 'text',
}

/**
 * Contents of the placeholders. The key of the authority has been thrown away, so that it verifies nobody:
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null -days 36500 -subj …`.
 * The client's key is the public test key of RFC 9500, which no server accepts as an identity.
 * @see https://www.rfc-editor.org/rfc/rfc9500#section-2.3
 */
export const PLACEHOLDERS: { readonly [file in PlaceholderFile]: string } = {
  [PlaceholderFile.AUTHORITY]: [
    '-----BEGIN CERTIFICATE-----',
    'MIIBtzCCAV2gAwIBAgIUOzDraocCtSs6fu7mw4Ex5nH3JT8wCgYIKoZIzj0EAwIw',
    'MDEuMCwGA1UEAwwlc3RhbmQtaW4gZm9yIGEgU2VjcmV0IHRoYXQgaXMgbWlzc2lu',
    'ZzAgFw0yNjExMjMwMTEyMDRaGA8yMTI2MTAzMDAxMTIwNFowMDEuMCwGA1UEAwwl',
    'c3RhbmQtaW4gZm9yIGEgU2VjcmV0IHRoYXQgaXMgbWlzc2luZzBZMBMGByqGSM49',
    'AgEGCCqGSM49AwEHA0IABExKYwT5ITAzZB9GDDXvzTsPTy93mqdnyGVR2LGYWdqT',
    'Bi4Bf50brMLtyZ8rGOTQxm0bT+HNxfPDvL6+wfVSXrajUzBRMB0GA1UdDgQWBBQm',
    'vAuPvciNp0XXqEGL01Bhf6sOszAfBgNVHSMEGDAWgBQmvAuPvciNp0XXqEGL01Bh',
    'f6sOszAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIGzPyyD7oTrq',
    'YX8h7x4DlTV3y72yEFqRXE2AoC+WIGrGAiEAw+osNF78Kxe/SLPgJ1JHq1GyLU5T',
    'MSmXxcdK/119p1U=',
    '-----END CERTIFICATE-----',
  ].join('\n'),
  [PlaceholderFile.CERTIFICATE]: [
    '-----BEGIN CERTIFICATE-----',
    'MIIBtzCCAV2gAwIBAgIUZmtM1lmfFrpc2I22jk7MozvaumEwCgYIKoZIzj0EAwIw',
    'MDEuMCwGA1UEAwwlc3RhbmQtaW4gZm9yIGEgU2VjcmV0IHRoYXQgaXMgbWlzc2lu',
    'ZzAgFw0yNjExMjMwMTEyMDRaGA8yMTI2MTAzMDAxMTIwNFowMDEuMCwGA1UEAwwl',
    'c3RhbmQtaW4gZm9yIGEgU2VjcmV0IHRoYXQgaXMgbWlzc2luZzBZMBMGByqGSM49',
    'AgEGCCqGSM49AwEHA0IABEIlSPiPt4L/teyjdERSxyoeVY+9b3O+XkjpMjLMRcWx',
    'bEzRDEy41bihcTnpSILImSVymTQl9BQZq36QpCpJQnKjUzBRMB0GA1UdDgQWBBRb',
    'cKeYF/ef9jfS9+PcRGwhCde71DAfBgNVHSMEGDAWgBRbcKeYF/ef9jfS9+PcRGwh',
    'Cde71DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQD6IeJ1qOmb',
    'vIaNSkpchlMBxMx/fIABBgx/LQi7dmnyggIgemeq17whr34bxDNhi0mc+XCXiypf',
    'xOXqHE9SU2t+5ow=',
    '-----END CERTIFICATE-----',
  ].join('\n'),
  [PlaceholderFile.PRIVATE_KEY]: [
    '-----BEGIN EC PRIVATE KEY-----',
    'MHcCAQEEIObLW92AqkWunJXowVR2Z5/+yVPBaFHnEedDk5WJxk/BoAoGCCqGSM49',
    'AwEHoUQDQgAEQiVI+I+3gv+17KN0RFLHKh5Vj71vc75eSOkyMsxFxbFsTNEMTLjV',
    'uKFxOelIgsiZJXKZNCX0FBmrfpCkKklCcg==',
    '-----END EC PRIVATE KEY-----',
  ].join('\n'),
  [PlaceholderFile.TEXT]: 'the Secret is missing',
};

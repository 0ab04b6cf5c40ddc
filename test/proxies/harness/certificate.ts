import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where docs/proxies.md has the certificate. */
export const documentedFolder = '/etc/ssl/desk.example';

/**
 * Of the name in docs/proxies.md, signed by itself.
 * @returns its folder, with the files of {@link documentedFolder}
 */
export function makeCertificate(folder: string): string {
  const home = join(folder, 'tls');
  mkdirSync(home, { mode: 0o755 });
  const [certificate, key] = [join(home, 'certificate.pem'), join(home, 'key.pem')];
  const names = 'subjectAltName=DNS:desk.example,IP:127.0.0.1';
  const how = [
    '-x509',
    '-nodes',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-days',
    '1',
    '-subj',
    '/CN=desk.example',
  ];
  execFileSync('openssl', ['req', ...how, '-addext', names, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  const both = readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8');
  writeFileSync(join(home, 'both.pem'), both);
  // Some proxies read it as a user of their own.
  writeFileSync(key, readFileSync(key), { mode: 0o644 });
  execFileSync('chmod', ['644', key, join(home, 'both.pem')]);
  return home;
}

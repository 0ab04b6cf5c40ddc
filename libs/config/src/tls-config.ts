import { readFileSync } from 'node:fs';
import { type EnvironmentReader } from './environment-reader.js';

/**
 * PEM. The same certificate serves as server and as client: services
 * authenticate each other (mutual TLS).
 */
export interface TlsConfig {
  readonly cert: Buffer;
  readonly key: Buffer;
  /**
   * The authority that signs our services' certificates; no other
   * is accepted, on either side.
   */
  readonly ca: Buffer;
}

const variables = ['TLS_CERT_FILE', 'TLS_KEY_FILE', 'TLS_CA_FILE'] as const;

/** All three variables or none; half of mutual TLS would look like security. */
export function readTlsConfig(read: EnvironmentReader): TlsConfig | undefined {
  const files = variables.map((variable) => read.optional(variable));
  if (files.every((file) => file === undefined)) return undefined;
  const [cert, key, ca] = variables.map((variable, index) => readPem(read, variable, files[index]));
  return cert && key && ca ? { cert, key, ca } : undefined;
}

function readPem(
  read: EnvironmentReader,
  variable: string,
  file: string | undefined,
): Buffer | undefined {
  if (file === undefined)
    return read.fault<Buffer | undefined>(
      variable,
      `is missing (${variables.join(', ')} belong together)`,
      undefined,
    );
  try {
    return readFileSync(file);
  } catch {
    return read.fault<Buffer | undefined>(variable, 'names a file that cannot be read', undefined);
  }
}

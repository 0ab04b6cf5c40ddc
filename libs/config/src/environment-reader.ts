import { readFileSync } from 'node:fs';
import { ConfigError, type ConfigFault } from './config-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Default<T> {
  readonly default?: T;
}

/**
 * Reads typed values out of environment variables. Faults are collected, so that one
 * start names them all; a reader of a faulty variable returns a placeholder that nobody
 * sees, because {@link readEnvironment} throws before the values get out.
 */
export class EnvironmentReader {
  readonly faults: ConfigFault[] = [];

  constructor(private readonly environment: Environment) {}

  text(variable: string, options: Default<string> = {}): string {
    return this.value(variable) ?? options.default ?? this.fault(variable, 'is missing', '');
  }

  optional(variable: string): string | undefined {
    return this.value(variable);
  }

  /**
   * Like {@link text}, or the content of the file that `<variable>_FILE` names,
   * without one trailing line break.
   */
  secret(variable: string): string {
    return (
      this.optionalSecret(variable) ??
      this.fault(variable, `is missing (or ${variable}_FILE, the file that holds it)`, '')
    );
  }

  optionalSecret(variable: string): string | undefined {
    const file = this.value(`${variable}_FILE`);
    if (file === undefined) return this.value(variable);
    try {
      return readSecretFile(file);
    } catch {
      return this.fault(`${variable}_FILE`, 'names a file that cannot be read', '');
    }
  }

  /**
   * A secret that may be renewed in its file while the service runs.
   * @returns a function that reads it, and throws if the file is gone
   */
  renewedSecret(variable: string): () => string {
    const secret = this.secret(variable);
    const file = this.value(`${variable}_FILE`);
    return file === undefined ? () => secret : () => readSecretFile(file);
  }

  integer(
    variable: string,
    options: Default<number> & { min?: number; max?: number } = {},
  ): number {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
    const value = this.value(variable);
    if (value === undefined) return options.default ?? this.fault(variable, 'is missing', 0);
    const parsed = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    return parsed >= min && parsed <= max
      ? parsed
      : this.fault(variable, `must be a whole number from ${min} to ${max}`, 0);
  }

  oneOf<T extends string>(variable: string, allowed: readonly T[], options: Default<T> = {}): T {
    const value = this.value(variable) ?? options.default;
    const found = allowed.find((candidate) => candidate === value);
    return found ?? this.fault(variable, `must be one of ${allowed.join(', ')}`, allowed[0] as T);
  }

  boolean(variable: string, options: Default<boolean> = {}): boolean {
    const standard =
      options.default === undefined
        ? {}
        : { default: options.default ? ('true' as const) : ('false' as const) };
    return this.oneOf(variable, ['true', 'false'], standard) === 'true';
  }

  /** Comma-separated values, trimmed, empty ones left out. */
  list(variable: string, options: Default<readonly string[]> = {}): readonly string[] {
    const value = this.value(variable);
    if (value === undefined) return options.default ?? this.fault(variable, 'is missing', []);
    return value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  /** URLs of one of the given protocols (`http:` …), comma-separated. */
  urls(variable: string, protocols: readonly string[]): readonly URL[] {
    const urls = this.list(variable).map((item) =>
      URL.canParse(item) ? new URL(item) : undefined,
    );
    const valid = urls.filter(
      (url): url is URL => url !== undefined && protocols.includes(url.protocol),
    );
    if (valid.length === 0 || valid.length !== urls.length)
      this.fault(variable, `must be URLs that begin with ${protocols.join(' or ')}`, []);
    return valid;
  }

  /** A URL that holds a password (database, broker), so also from `<variable>_FILE`. */
  secretUrl(variable: string, protocols: readonly string[]): string {
    const value = this.secret(variable);
    if (value !== '' && !(URL.canParse(value) && protocols.includes(new URL(value).protocol))) {
      return this.fault(variable, `must be a URL that begins with ${protocols.join(' or ')}`, '');
    }
    return value;
  }

  /**
   * JSON that `parse` accepts; what `parse` throws is reported as the fault, so its
   * message must not quote the value.
   */
  json<T>(variable: string, parse: (value: unknown) => T, options: Default<T> = {}): T {
    const value = this.value(variable);
    if (value === undefined)
      return options.default ?? this.fault(variable, 'is missing', undefined as T);
    let document: unknown;
    try {
      document = JSON.parse(value);
    } catch {
      return this.fault(variable, 'must be JSON', undefined as T);
    }
    try {
      return parse(document);
    } catch (error) {
      return this.fault(variable, (error as Error).message, undefined as T);
    }
  }

  /**
   * Records a fault that only shows when several variables are
   * compared. Returns `placeholder`.
   */
  fault<T>(variable: string, fault: string, placeholder: T): T {
    this.faults.push({ variable, fault });
    return placeholder;
  }

  private value(variable: string): string | undefined {
    const value = this.environment[variable];
    return value === undefined || value === '' ? undefined : value;
  }
}

const readSecretFile = (file: string): string => readFileSync(file, 'utf8').replace(/\r?\n$/, '');

/**
 * Parses the environment once, at start-up.
 * @throws ConfigError naming every missing or wrong variable, and no value
 */
export function readEnvironment<T>(
  environment: Environment,
  read: (reader: EnvironmentReader) => T,
): T {
  const reader = new EnvironmentReader(environment);
  const config = read(reader);
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return config;
}

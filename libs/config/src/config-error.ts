/** What is wrong with one environment variable. Never contains its value. */
export interface ConfigFault {
  readonly variable: string;
  readonly fault: string;
}

/**
 * The environment does not describe a service that can run; the message names every
 * faulty variable and no value.
 */
export class ConfigError extends Error {
  constructor(readonly faults: readonly ConfigFault[]) {
    super(
      `configuration: ${faults.map(({ variable, fault }) => `${variable} ${fault}`).join('; ')}`,
    );
    this.name = 'ConfigError';
  }
}

import { type Servers } from './servers.js';
import { type RunningServices } from './services/start-services.js';

/**
 * What `.stack/stack.json` says while a stack runs: see the contract. URLs are
 * those of the first replica.
 */
export interface StackDescription {
  readonly gatewayUrl: string;
  readonly ticketsUrl: string;
  readonly credentialsUrl: string;
  readonly rabbitmqUrl: string;
  /** As the owners of the schemas. */
  readonly databaseUrls: { readonly tickets: string; readonly credentials: string };
  readonly keyringDir: string;
  readonly logsDir: string;
  /** By kind: services, and our servers. */
  readonly pids: Readonly<Record<string, readonly number[]>>;
}

type Places = Pick<StackDescription, 'keyringDir' | 'logsDir' | 'pids'>;

export const describeStack = (
  { urls }: RunningServices,
  { databases, brokerUrls }: Servers,
  places: Places,
): StackDescription => ({
  ...urls,
  rabbitmqUrl: brokerUrls.operator,
  databaseUrls: { tickets: databases.tickets.owner, credentials: databases.credentials.owner },
  ...places,
});

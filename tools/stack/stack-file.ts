/** What `.stack/stack.json` says while a stack runs: see the contract. URLs are those of the first replica. */
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

/** Environments of the services, as they are right. */
export const services = ['tickets', 'credentials', 'gateway'] as const;
export type Service = (typeof services)[number];

const common = {
  AUTH_ISSUER: 'https://issuer.example',
  AUTH_AUDIENCE: 'private-credentials',
  AUTH_JWKS_URI: 'https://issuer.example/jwks',
  RABBITMQ_URL: 'amqp://user:correct-horse@broker.example',
};
const tickets = { TICKETS_URL: 'https://tickets.example' };
const own: Readonly<Record<Service, NodeJS.ProcessEnv>> = {
  tickets: { TICKETS_DATABASE_URL: 'postgres://user:correct-horse@database.example/tickets' },
  credentials: {
    ...tickets,
    CREDENTIALS_DATABASE_URL: 'postgres://user:correct-horse@database.example/credentials',
    AUTH_TOKEN_URL: 'https://issuer.example/token',
    AUTH_CLIENT_ID: 'credentials-service',
    AUTH_CLIENT_SECRET: 'correct-horse-battery',
    KEYRING_DIR: '/nonexistent/keyring',
  },
  gateway: { ...tickets, CREDENTIALS_URL: 'https://credentials.example' },
};

/** All that a service needs in production. */
export const right = (service: Service): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  ...common,
  ...own[service],
});

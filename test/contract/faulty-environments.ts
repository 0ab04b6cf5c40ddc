import { right, type Service, services } from './environments.js';

export interface Fault {
  readonly what: string;
  readonly services: readonly Service[];
  readonly change: NodeJS.ProcessEnv;
  /** Which variable the message has to name. */
  readonly variable: string;
  /** Whether it hides others, or is hidden by them. */
  readonly alone?: boolean;
}

const ofCredentials = { services: ['credentials'] as const };
const ofCallers = { services: ['credentials', 'gateway'] as const };
const ofAll = { services };

const urls = {
  tickets: right('tickets')['TICKETS_DATABASE_URL'] ?? '',
  credentials: right('credentials')['CREDENTIALS_DATABASE_URL'] ?? '',
};

/** What makes an environment wrong. */
export const faulty: readonly Fault[] = [
  {
    what: 'no key ring',
    ...ofCredentials,
    change: { KEYRING_DIR: undefined },
    variable: 'KEYRING_DIR',
  },
  {
    what: 'two key rings',
    ...ofCredentials,
    change: {
      KEYRING_VAULT_URL: 'https://vault.example',
      KEYRING_VAULT_TOKEN: 'correct-horse',
      SIGNING_KEYS_DIR: '/keys',
    },
    variable: 'KEYRING_DIR',
    alone: true,
  },
  {
    what: 'keys over plain HTTP',
    ...ofCredentials,
    change: {
      KEYRING_DIR: undefined,
      KEYRING_VAULT_URL: 'http://vault.example',
      KEYRING_VAULT_TOKEN: 'x',
      SIGNING_KEYS_DIR: '/keys',
    },
    variable: 'KEYRING_VAULT_URL',
    alone: true,
  },
  {
    what: "a vault's token in a file that is not there",
    ...ofCredentials,
    change: {
      KEYRING_DIR: undefined,
      KEYRING_VAULT_URL: 'https://vault.example',
      KEYRING_VAULT_TOKEN_FILE: '/nonexistent/token',
      SIGNING_KEYS_DIR: '/keys',
    },
    variable: 'KEYRING_VAULT_TOKEN_FILE',
    alone: true,
  },
  {
    what: "the broker's default password",
    ...ofAll,
    change: { RABBITMQ_URL: 'amqp://guest:guest@broker.example' },
    variable: 'RABBITMQ_URL',
  },
  {
    what: "the broker's default password, in other letters",
    ...ofAll,
    change: { RABBITMQ_URL: 'amqp://guest:%67uest@broker.example' },
    variable: 'RABBITMQ_URL',
    alone: true,
  },
  {
    what: 'no password of the broker',
    ...ofAll,
    change: { RABBITMQ_URL: 'amqp://broker.example' },
    variable: 'RABBITMQ_URL',
    alone: true,
  },
  {
    what: 'dev tokens',
    ...ofAll,
    change: { AUTH_MODE: 'dev', AUTH_DEV_KEY_FILE: '/nonexistent/key.pem' },
    variable: 'AUTH_MODE',
    alone: true,
  },
  {
    what: 'dev tokens for other machines',
    ...ofAll,
    change: {
      NODE_ENV: undefined,
      HOST: '0.0.0.0',
      AUTH_MODE: 'dev',
      AUTH_DEV_KEY_FILE: '/nonexistent/key.pem',
    },
    variable: 'AUTH_MODE',
    alone: true,
  },
  {
    what: "the issuer's keys over plain HTTP",
    ...ofAll,
    change: { AUTH_JWKS_URI: 'http://issuer.example/jwks' },
    variable: 'AUTH_JWKS_URI',
  },
  {
    what: 'a promise that the driver of the database would ignore',
    services: ['tickets'],
    change: {
      TICKETS_DATABASE_URL: `${urls.tickets}?sslmode=verify-full&channel_binding=require`,
    },
    variable: 'TICKETS_DATABASE_URL',
  },
  {
    what: 'a misspelt word for the encryption of the database',
    ...ofCredentials,
    change: {
      CREDENTIALS_DATABASE_URL: `${urls.credentials}?sslmode=verify_full`,
    },
    variable: 'CREDENTIALS_DATABASE_URL',
  },
  {
    what: 'no audience',
    ...ofAll,
    change: { AUTH_AUDIENCE: undefined },
    variable: 'AUTH_AUDIENCE',
  },
  { what: 'no issuer', ...ofAll, change: { AUTH_ISSUER: undefined }, variable: 'AUTH_ISSUER' },
  {
    what: 'its client secret over plain HTTP',
    ...ofCredentials,
    change: { AUTH_TOKEN_URL: 'http://issuer.example/token' },
    variable: 'AUTH_TOKEN_URL',
  },
  {
    what: 'an empty client secret',
    ...ofCredentials,
    change: { AUTH_CLIENT_SECRET: '' },
    variable: 'AUTH_CLIENT_SECRET',
  },
  {
    what: 'tokens over plain HTTP',
    ...ofCallers,
    change: { TICKETS_URL: 'http://tickets.example' },
    variable: 'TICKETS_URL',
  },
  {
    what: 'secrets over plain HTTP to one of several hosts',
    services: ['gateway'],
    change: { CREDENTIALS_URL: 'https://one.example,http://two.example' },
    variable: 'CREDENTIALS_URL',
  },
  {
    what: 'an address without a host',
    services: ['gateway'],
    change: { PUBLIC_URL: '/correct-horse' },
    variable: 'PUBLIC_URL',
  },
  {
    what: 'half of mutual TLS',
    ...ofAll,
    change: { TLS_CERT_FILE: import.meta.filename },
    variable: 'TLS_KEY_FILE',
  },
  {
    what: 'a secret in a file that is not there',
    ...ofAll,
    change: { RABBITMQ_URL_FILE: '/nonexistent/url' },
    variable: 'RABBITMQ_URL_FILE',
    alone: true,
  },
  {
    what: 'a database of another kind',
    services: ['tickets'],
    change: { TICKETS_DATABASE_URL: 'mysql://user:correct-horse@database.example/x' },
    variable: 'TICKETS_DATABASE_URL',
  },
  {
    what: 'a misspelt word for HSTS',
    services: ['gateway'],
    change: { HSTS: 'on' },
    variable: 'HSTS',
  },
  {
    what: 'every proxy there is',
    services: ['gateway'],
    change: { TRUST_PROXY: 'true' },
    variable: 'TRUST_PROXY',
  },
  {
    what: 'an epoch of no time',
    ...ofCredentials,
    change: { KEY_EPOCH_HOURS: '0' },
    variable: 'KEY_EPOCH_HOURS',
  },
];

import { type AgentAccess, agentAccessPolicies } from '#access';
import { readChangesSeconds } from '#changes';
import { type EnvironmentReader, readBrokerUrl } from '#config';
import { readServerConfig, type ServerConfig } from '#http-server';
import { type IdentityConfig, readIdentityConfig } from '#identity';
import { readDatabaseUrl } from '#postgres';
import { type CheckpointSettings } from './audit/checkpoints.js';
import {
  type KeyRingPlace,
  readKeyRingPlace,
  readSigningKeysDir,
} from './custody/key-ring-place.js';
import { type RevealReasonPolicy, revealReasonPolicies } from './domain/reveal-reason.js';
import { readUpstreamConfig, type UpstreamConfig } from '#upstream';

export interface CredentialsConfig {
  readonly server: ServerConfig;
  readonly identity: IdentityConfig;
  readonly databaseUrl: string;
  readonly rabbitmqUrl: string;
  readonly tickets: UpstreamConfig;
  readonly keyRing: KeyRingPlace;
  /** The directory of this host's signing keys; they are not part of key epochs. */
  readonly signingKeysDir: string;
  readonly checkpoints: CheckpointSettings;
  /** The longest that a key-encryption key lives after something was sealed under it. */
  readonly keyEpochHours: number;
  readonly agentAccess: AgentAccess;
  /** Whether a reveal must say why. */
  readonly revealReason: RevealReasonPolicy;
  /**
   * The longest time since the sign-in of a person who reveals,
   * in seconds; 0 is no limit.
   */
  readonly revealAuthMaxAge: number;
  /** How long an answer of `tickets` may be used to permit. */
  readonly standingLeaseSeconds: number;
  /** How often `tickets` is asked about every ticket that has live credentials. */
  readonly reconcileSeconds: number;
  /** How often `tickets` is asked what has changed; 0 for never. */
  readonly changesSeconds: number;
  /** The longest, and usual, life of a credential. */
  readonly credentialTtlSeconds: number;
  /**
   * Reveals and submits that one actor may make in a minute, over
   * all replicas; 0 is no limit.
   */
  readonly limits: { readonly reveals: number; readonly submits: number };
  /**
   * Tickets that one actor may reveal under in an hour before the alarm is
   * raised; 0 never raises it.
   */
  readonly massRevealTickets: number;
}

const secondsADay = 86_400;

export const readStandingLease = (read: EnvironmentReader): number =>
  read.integer('STANDING_LEASE_SECONDS', { default: 5, max: 300 });

export function readCredentialsConfig(read: EnvironmentReader): CredentialsConfig {
  const server = readServerConfig(read, { port: 3002 });
  const keyRing = readKeyRingPlace(read);
  return {
    server,
    identity: readIdentityConfig(read, 'required'),
    databaseUrl: readDatabaseUrl(read, 'CREDENTIALS_DATABASE_URL'),
    rabbitmqUrl: readBrokerUrl(read),
    tickets: readUpstreamConfig(read, 'TICKETS_URL', 'tickets', server.tls),
    keyRing,
    signingKeysDir: readSigningKeysDir(
      read,
      'directory' in keyRing ? keyRing.directory : undefined,
    ),
    checkpoints: {
      seconds: read.integer('AUDIT_CHECKPOINT_SECONDS', { default: 3600, min: 1, max: 86_400 }),
      file: read.optional('AUDIT_CHECKPOINT_FILE'),
    },
    keyEpochHours: read.integer('KEY_EPOCH_HOURS', { default: 24, min: 1, max: 8760 }),
    agentAccess: read.oneOf('AGENT_ACCESS', agentAccessPolicies, { default: 'assigned' }),
    revealReason: read.oneOf('REVEAL_REASON', revealReasonPolicies, { default: 'optional' }),
    revealAuthMaxAge: read.integer('REVEAL_AUTH_MAX_AGE_SECONDS', { default: 0, max: 31_536_000 }),
    standingLeaseSeconds: readStandingLease(read),
    reconcileSeconds: read.integer('RECONCILE_SECONDS', { default: 60, min: 1, max: 86_400 }),
    changesSeconds: readChangesSeconds(read),
    credentialTtlSeconds:
      read.integer('CREDENTIAL_TTL_DAYS', { default: 14, min: 1, max: 3650 }) * secondsADay,
    limits: {
      reveals: read.integer('RATE_LIMIT_REVEALS', { default: 60, max: 1_000_000 }),
      submits: read.integer('RATE_LIMIT_SUBMITS', { default: 60, max: 1_000_000 }),
    },
    massRevealTickets: read.integer('MASS_REVEAL_TICKETS', { default: 50, max: 1_000_000 }),
  };
}

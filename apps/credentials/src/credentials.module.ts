import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseModule, EventsModule, given, provide } from '#backing-services';
import { exchanges } from '#contracts';
import { TicketAccess } from '#http-server';
import { PipelinedTransactions, SingleStatements, UnitOfWork } from '#postgres';
import { AttemptLog } from './audit/attempts.js';
import { audit } from './audit/audit.providers.js';
import { ApplyBatch } from './commands/apply-batch.js';
import { DeleteCredential } from './commands/delete-credential.js';
import { EditNote } from './commands/edit-note.js';
import { WhileLive } from './commands/while-live.js';
import { RequestCredentials } from './commands/request-credentials.js';
import { RevealBatch } from './commands/reveal-batch.js';
import { RevealCredentials } from './commands/reveal-credentials.js';
import { SubmitBatch } from './commands/submit-batch.js';
import { SubmitCredential } from './commands/submit-credential.js';
import { WithdrawCredential } from './commands/withdraw-credential.js';
import { WithdrawRequest } from './commands/withdraw-request.js';
import { type CredentialsConfig } from './config.js';
import { custody } from './custody/custody.providers.js';
import { Vault } from './custody/vault.js';
import { AccessByTicket } from './http/ticket-access.js';
import { CredentialsController } from './http/credentials.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { CredentialLifetime } from './domain/credential-lifetime.js';
import { ReceiptKeysController } from './http/receipt-keys.controller.js';
import { ReportController } from './http/report.controller.js';
import { RequestsController } from './http/requests.controller.js';
import { RevealReason } from './domain/reveal-reason.js';
import { RevealsController } from './http/reveals.controller.js';
import { StreamController } from './http/stream.controller.js';
import { MassReveals } from './limits/mass-reveals.js';
import { TicketEventsController } from './messaging/ticket-events.controller.js';
import { jobs } from './jobs/jobs.providers.js';
import { limits } from './limits/limits.providers.js';
import { migrations } from './persistence/schema.js';
import { receipts } from './receipts/receipts.providers.js';
import { AccessLog } from './queries/access-log.js';
import { CredentialRequests } from './queries/credential-requests.js';
import { Credentials } from './queries/credentials.js';
import { DestructionReceipts } from './queries/destruction-receipts.js';
import { type RemoteWitness } from './restore/remote-witness.js';
import { RestoreWatch } from './restore/restore-watch.js';
import { restore } from './restore/restore.providers.js';
import { AccessByStanding } from './standing/access-by-standing.js';
import { type StandingSource } from './standing/standing-source.js';
import { standing } from './standing/standing.providers.js';

/**
 * What the service can do, in three lists: its controllers, commands and queries. What
 * they need is wired in the folder of each (`*.providers.ts`).
 */
@Module({})
export class CredentialsModule {
  /** @param tickets the neighbour it asks */
  static with(config: CredentialsConfig, tickets: StandingSource & RemoteWitness): DynamicModule {
    const { databaseUrl, rabbitmqUrl } = config;
    return {
      module: CredentialsModule,
      imports: [
        DatabaseModule.with({
          url: databaseUrl,
          applicationName: 'credentials',
          migrations,
          poolSize: 20,
        }),
        EventsModule.with({
          name: 'credentials',
          brokerUrl: rabbitmqUrl,
          exchange: exchanges.credential,
          mandatory: false,
        }),
      ],
      controllers: [
        CredentialsController,
        RevealsController,
        RequestsController,
        EvidenceController,
        ReceiptKeysController,
        ReportController,
        StreamController,
        TicketEventsController,
      ],
      providers: [
        ...policies(config),
        ...standing(config, tickets),
        ...custody(config),
        ...audit(config),
        ...receipts(config),
        ...restore(config, tickets),
        ...jobs,
        ...commands,
        ...queries,
        AccessByTicket,
        { provide: TicketAccess, useExisting: AccessByTicket },
      ],
    };
  }
}

const policies = (config: CredentialsConfig): Provider[] => [
  ...limits(config),
  provide(CredentialLifetime, [given(config.credentialTtlSeconds)]),
  provide(RevealReason, [given(config.revealReason)]),
];

const commands: Provider[] = [
  provide(WhileLive, [AccessByStanding, UnitOfWork, SingleStatements, RestoreWatch]),
  provide(SubmitBatch, [PipelinedTransactions, RestoreWatch, AccessByStanding, Vault]),
  provide(SubmitCredential, [WhileLive, AttemptLog, SubmitBatch, UnitOfWork, Vault]),
  provide(ApplyBatch, [PipelinedTransactions]),
  provide(RevealBatch, [PipelinedTransactions, RestoreWatch, AccessByStanding, Vault]),
  provide(RevealCredentials, [
    WhileLive,
    AttemptLog,
    RevealBatch,
    Vault,
    MassReveals,
    SingleStatements,
  ]),
  provide(EditNote, [WhileLive, AttemptLog, Vault]),
  provide(WithdrawCredential, [DataSource, UnitOfWork, RestoreWatch, AttemptLog]),
  provide(DeleteCredential, [WithdrawCredential, WhileLive, AccessByStanding, AttemptLog]),
  provide(RequestCredentials, [WhileLive, AttemptLog]),
  provide(WithdrawRequest, [WhileLive, AttemptLog]),
];

const queries: Provider[] = [
  provide(Credentials, [SingleStatements, AccessByStanding]),
  provide(AccessLog, [DataSource]),
  provide(CredentialRequests, [DataSource]),
  provide(DestructionReceipts, [DataSource]),
];

import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseModule, EventsModule, provide } from '#backing-services';
import { exchanges } from '#contracts';
import { TicketAccess } from '#http-server';
import { PipelinedTransactions, SingleStatements, UnitOfWork } from '#postgres';
import { Log } from '#telemetry';
import { AddReply } from './commands/add-reply.js';
import { CreateTicket } from './commands/create-ticket.js';
import { DoubtTicket } from './commands/doubt-ticket.js';
import { KeepMark } from './commands/keep-mark.js';
import { MirrorTicket } from './commands/mirror-ticket.js';
import { RememberDestroyed } from './commands/remember-destroyed.js';
import { UpdateTicket } from './commands/update-ticket.js';
import { type TicketsConfig } from './config.js';
import { EventTimes } from './domain/event-times.js';
import { Homes } from './domain/homes.js';
import { ChangesController } from './http/changes.controller.js';
import { RepliesController } from './http/replies.controller.js';
import { StandingsController } from './http/standings.controller.js';
import { AccessByTicket } from './http/ticket-access.js';
import { TicketsController } from './http/tickets.controller.js';
import { WitnessController } from './http/witness.controller.js';
import { CredentialEventsController } from './messaging/credential-events.controller.js';
import { HelpdeskEventsController } from './messaging/helpdesk-events.controller.js';
import { FindTicket } from './queries/find-ticket.js';
import { ListChanges } from './queries/list-changes.js';
import { ListReplies } from './queries/list-replies.js';
import { ListStandings } from './queries/list-standings.js';
import { ListTickets } from './queries/list-tickets.js';
import { ReadWitness } from './queries/read-witness.js';
import { entities, migrations } from './persistence/schema.js';

/** The whole wiring of the service, in one place. */
@Module({})
export class TicketsModule {
  static with({ databaseUrl, rabbitmqUrl, homes, identity }: TicketsConfig): DynamicModule {
    return {
      module: TicketsModule,
      imports: [
        DatabaseModule.with({
          url: databaseUrl,
          applicationName: 'tickets',
          entities,
          migrations,
          poolSize: 20,
        }),
        EventsModule.with({
          name: 'tickets',
          brokerUrl: rabbitmqUrl,
          exchange: exchanges.ticket,
          mandatory: true,
          copyTo: exchanges.ticketNews,
        }),
      ],
      controllers: [
        TicketsController,
        RepliesController,
        StandingsController,
        ChangesController,
        WitnessController,
        HelpdeskEventsController,
        CredentialEventsController,
      ],
      providers: [
        { provide: TicketAccess, useClass: AccessByTicket },
        { provide: Homes, useValue: homes },
        { provide: EventTimes, useValue: new EventTimes(identity.clockTolerance) },
        ...commands,
        ...queries,
      ],
    };
  }
}

const commands: Provider[] = [
  provide(CreateTicket, [UnitOfWork]),
  provide(UpdateTicket, [PipelinedTransactions]),
  provide(AddReply, [UnitOfWork]),
  provide(MirrorTicket, [UnitOfWork, Homes, EventTimes, DoubtTicket]),
  provide(DoubtTicket, [UnitOfWork, EventTimes, Log]),
  provide(KeepMark, [DataSource]),
  provide(RememberDestroyed, [SingleStatements]),
];

const queries: Provider[] = [
  provide(FindTicket, [SingleStatements]),
  provide(ListTickets, [DataSource]),
  provide(ListReplies, [DataSource]),
  provide(ListStandings, [SingleStatements]),
  provide(ListChanges, [DataSource]),
  provide(ReadWitness, [DataSource]),
];

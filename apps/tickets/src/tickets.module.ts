import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseModule, EventsModule } from '#backing-services';
import { exchanges } from '#contracts';
import { TicketAccess } from '#http-server';
import { AddReplyHandler } from './commands/add-reply/add-reply.handler.js';
import { CreateTicketHandler } from './commands/create-ticket/create-ticket.handler.js';
import { DoubtTicketHandler } from './commands/doubt-ticket/doubt-ticket.handler.js';
import { MirrorTicketHandler } from './commands/mirror-ticket/mirror-ticket.handler.js';
import { UpdateTicketHandler } from './commands/update-ticket/update-ticket.handler.js';
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
import { ChangesHandler } from './queries/changes/changes.handler.js';
import { ListRepliesHandler } from './queries/list-replies/list-replies.handler.js';
import { ListTicketsHandler } from './queries/list-tickets/list-tickets.handler.js';
import { entities, migrations } from './persistence/schema.js';
import { StandingsHandler } from './queries/standings/standings.handler.js';

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

const commands = [
  CreateTicketHandler,
  UpdateTicketHandler,
  AddReplyHandler,
  MirrorTicketHandler,
  DoubtTicketHandler,
];
const queries = [ListTicketsHandler, ListRepliesHandler, StandingsHandler, ChangesHandler];

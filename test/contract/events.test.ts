import { describe, expect, it } from '@jest/globals';
import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import {
  auditCheckpointEvent,
  credentialActionEvent,
  credentialActionTypes,
  credentialsDestroyedEvent,
  destructionReasons,
  exchanges,
  parseHelpdeskEvent,
  parseTicketEvent,
  StatusWords,
  ticketEventTypes,
  ticketStatuses,
} from '#contracts';
import {
  requireDescribed,
  requireReadable,
  document,
  examples,
  messageOn,
  messages,
} from './event-schemas.js';

const examplesOf = Object.entries(messages).map(([message, { description }]) => ({
  message,
  example: /^Example: examples\/(.+)\.json$/.exec(description)?.[1] ?? '',
}));

describe('docs/events/asyncapi.json', () => {
  it('is AsyncAPI 3.0, by its own schema', () => {
    // It brings the meta-schema of JSON Schema along.
    const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
    formats.default(ajv);
    const validate = ajv.compile(specs.schemas['3.0.0'] as object);
    expect([validate(document), ajv.errorsText(validate.errors)]).toEqual([true, 'No errors']);
  });

  it('has every exchange and every type of the code', () => {
    const promised = {
      [exchanges.helpdesk]: ['ticket.status.changed'],
      [exchanges.ticket]: [...ticketEventTypes],
      [exchanges.credential]: [
        ...credentialActionTypes,
        'credentials.destroyed',
        'audit.checkpoint',
      ],
    };
    const documented = Object.entries<any>(document.channels).map(([name, channel]) => [
      name,
      channel.parameters.type.enum,
    ]);
    expect(Object.fromEntries(documented)).toEqual(promised);
    for (const [exchange, types] of Object.entries(promised)) {
      expect(document.channels[exchange].bindings.amqp.exchange).toMatchObject({
        name: exchange,
        type: 'topic',
        durable: true,
      });
      for (const type of types) expect(messages[messageOn(exchange, type) ?? '']?.name).toBe(type);
    }
  });

  it('has the vocabulary of the code', () => {
    const { TicketStatus, Destruction } = document.components.schemas;
    expect(TicketStatus.enum).toEqual(ticketStatuses);
    expect(Destruction.properties.reason.enum).toEqual(destructionReasons);
  });

  it('lets every object grow: changes are additive', () => {
    expect(JSON.stringify(document)).not.toMatch(/additionalProperties|unevaluatedProperties/);
    const event = examples.get('ticket.created');
    expect(() => {
      requireReadable('TicketCreated', {
        ...event,
        traceparent: 'x',
        data: { ...event.data, priority: 1 },
      });
    }).not.toThrow();
  });
});

describe('the examples', () => {
  it('are one for each message', () => {
    expect(examplesOf.map(({ example }) => example).sort()).toEqual([...examples.keys()].sort());
  });

  it.each(examplesOf)(
    '$example is what $message describes, and has nothing else',
    ({ message, example }) => {
      requireDescribed(message, examples.get(example));
    },
  );

  it.each(examplesOf)(
    '$example is refused as soon as a required part is missing',
    ({ message, example }) => {
      const event = examples.get(example);
      const { required } =
        document.components.schemas[
          document.components.messages[message].payload.allOf[1].properties.data.$ref
            .split('/')
            .at(-1)
        ];
      for (const name of required as string[]) {
        expect(() => {
          requireReadable(message, { ...event, data: { ...event.data, [name]: undefined } });
        }).toThrow(name);
      }
      for (const part of ['specversion', 'id', 'source', 'type', 'data']) {
        expect(() => {
          requireReadable(message, { ...event, [part]: undefined });
        }).toThrow(part);
      }
    },
  );

  it('are read by the code that reads events', () => {
    expect(
      parseHelpdeskEvent(examples.get('helpdesk.ticket.status.changed'), new StatusWords()),
    ).toMatchObject({
      ticketId: 'legacy:4711',
    });
    for (const type of ticketEventTypes)
      expect(parseTicketEvent(examples.get(type))).toMatchObject({ type });
  });

  it('of credentials are what the code that writes events writes', () => {
    const own = ({ data, type, source, dataschema, time }: any) => ({
      data,
      type,
      source,
      dataschema,
      time: new Date(time),
    });
    const timeOf = (type: string) => new Date(examples.get(type).time);
    for (const type of credentialActionTypes)
      expect(own(credentialActionEvent(type, examples.get(type).data, timeOf(type)))).toEqual(
        own(examples.get(type)),
      );
    const gone = examples.get('credentials.destroyed');
    expect(own(credentialsDestroyedEvent(gone.data, timeOf(gone.type)))).toEqual(own(gone));
    const checkpoint = examples.get('audit.checkpoint');
    expect(own(auditCheckpointEvent(checkpoint.data))).toEqual(own(checkpoint));
  });
});

describe('the schemas', () => {
  const ticket = examples.get('ticket.status.changed');
  const legacy = examples.get('helpdesk.ticket.status.changed');
  const refused = (message: string, event: unknown) => {
    expect(() => {
      requireReadable(message, event);
    }).toThrow();
  };

  it('tie the phase to the status', () => {
    refused('TicketStatusChanged', { ...ticket, data: { ...ticket.data, phase: 2 } });
    refused('TicketStatusChanged', { ...ticket, data: { ...ticket.data, status: 'open' } });
  });

  it('take another home at its time or at its version, and at neither not', () => {
    requireReadable('HelpdeskTicketStatusChanged', { ...legacy, time: undefined });
    requireReadable('HelpdeskTicketStatusChanged', {
      ...legacy,
      data: { ...legacy.data, version: undefined },
    });
    refused('HelpdeskTicketStatusChanged', {
      ...legacy,
      time: undefined,
      data: { ...legacy.data, version: undefined },
    });
  });
});

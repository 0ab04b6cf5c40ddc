import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assertStanding,
  maxChanges,
  maxCredentialsAsked,
  maxStandingsAsked,
  parseChanges,
  ticketIdPattern,
  ticketStatuses,
} from '#contracts';
import { type Client } from '../support/client.js';
import { startTickets, type TicketsUnderTest } from '../component/tickets/harness.js';
import { OpenApiCheck } from '../support/openapi.js';

const document: any = JSON.parse(readFileSync('docs/internal/openapi.json', 'utf8'));
const { requestBody, responses } = document.paths['/internal/standings'].post;
const question = requestBody.content['application/json'].examples.two.value;
const answer = responses['200'].content['application/json'].examples.two.value;
const check = new OpenApiCheck(document);

let stage: TicketsUnderTest;
let service: Client;
beforeAll(async () => {
  stage = await startTickets();
  service = await stage.as('service:credentials', ['service']);
});
afterAll(() => stage.stop());

const observed = (status: number, body: unknown) => ({
  method: 'POST',
  path: '/internal/standings',
  status,
  contentType: status === 200 ? 'application/json' : 'application/problem+json',
  body,
});

describe('docs/internal/openapi.json', () => {
  it('has examples that are what it describes, and that the code reads', () => {
    const ajv = new Ajv2020({ strict: false }).addSchema(document, 'internal');
    expect(ajv.validate({ $ref: 'internal#/components/schemas/StandingsRequest' }, question)).toBe(
      true,
    );
    check.requireDescribed(observed(200, answer));
    for (const item of answer.items) assertStanding(item);
  });

  it('has the vocabulary and the limits of the code', () => {
    const { Standing, StandingsRequest } = document.components.schemas;
    expect(Standing.properties.status.enum).toEqual(ticketStatuses);
    expect(Standing.properties.ticketId.pattern).toBe(ticketIdPattern.source);
    expect(StandingsRequest.properties.ticketIds.maxItems).toBe(maxStandingsAsked);
  });

  it('describes what is answered', async () => {
    const ann = await stage.as('ann', ['customer']);
    const known = await ann.post('/internal/standings', question);
    check.requireDescribed(observed(known.status, known.body));
    const ticketIds = [await ann.open(), 'legacy:4711'];
    for (const body of [{ ticketIds }, question, {}, { ticketIds, more: 1 }]) {
      const { status, body: answer } = await service.post('/internal/standings', body);
      check.requireDescribed(observed(status, answer));
    }
    const { body } = await service.post('/internal/standings', { ticketIds });
    expect(Object.keys(body.items[0] ?? {}).sort()).toEqual(
      [...document.components.schemas.Standing.required].sort(),
    );
  });

  it('describes what has changed', async () => {
    const of = (status: number, body: unknown) => ({
      ...observed(status, body),
      path: '/internal/changes',
    });
    const { examples } =
      document.paths['/internal/changes'].post.responses['200'].content['application/json'];
    check.requireDescribed(of(200, examples.one.value));
    expect(parseChanges(examples.one.value)).toEqual(examples.one.value);
    const { body: first } = await service.post('/internal/changes', {});
    await (await stage.as('ann', ['customer'])).open();
    const { status, body } = await service.post('/internal/changes', { after: first['cursor'] });
    expect(body.items).toHaveLength(1);
    for (const answer of [of(200, first), of(status, body)]) check.requireDescribed(answer);
    check.requireDescribed(
      of(422, (await service.post('/internal/changes', { before: '1' })).body),
    );
    expect(document.components.schemas.Changes.properties.items.description).toContain(
      String(maxChanges),
    );
  });

  it('describes what is remembered for credentials', async () => {
    const { requestBody: asked, responses } = document.paths['/internal/witness'].post;
    const of = (status: number, body: unknown) => ({
      ...observed(status, body),
      path: '/internal/witness',
    });
    check.requireDescribed(
      of(200, responses['200'].content['application/json'].examples.asked.value),
    );
    for (const { value } of Object.values<any>(asked.content['application/json'].examples)) {
      const { status, body } = await service.post('/internal/witness', value);
      expect(status).toBe(200);
      check.requireDescribed(of(status, body));
    }
    check.requireDescribed(of(422, (await service.post('/internal/witness', {})).body));
    const { WitnessRequest } = document.components.schemas;
    expect(WitnessRequest.properties.credentialIds.maxItems).toBe(maxCredentialsAsked);
  });
});

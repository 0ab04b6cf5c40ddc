import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as formats } from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { doubtedHeader } from '#contracts';
import { openApiDocument } from '../../../tools/openapi/document.js';
import { typesOf } from '../../../tools/openapi/types.js';
import { type Gateway, startGateway } from './gateway.fixture.js';

interface Operation {
  readonly operationId: string;
  readonly security?: unknown;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: { readonly content: Record<string, { schema: object }> };
  readonly responses: Record<
    string,
    {
      description: string;
      headers?: Record<string, unknown>;
      content?: Record<string, { schema: object }>;
    }
  >;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, { properties?: Record<string, unknown> }>;
  };
}

let gateway: Gateway;
let document: Document;
beforeAll(async () => {
  gateway = await startGateway();
  document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as Document;
});
afterAll(() => gateway.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, facts]) => ({ path, method, facts })),
  );

const lowerCased = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([name, fact]) => [name.toLowerCase(), fact]));

const successOf = ({ responses }: Operation) =>
  responses['200']?.content?.['application/json']?.schema ?? {};

/** docs/contract.md, "Public HTTP API". */
const promised = [
  'get /v1/streams',
  'get /v1/tickets',
  'get /v1/tickets/{ticketId}',
  'get /v1/tickets/{ticketId}/access-log',
  'get /v1/tickets/{ticketId}/credential-requests',
  'get /v1/tickets/{ticketId}/credentials',
  'get /v1/tickets/{ticketId}/credentials/{credentialId}',
  'get /v1/tickets/{ticketId}/destruction-receipts',
  'get /v1/tickets/{ticketId}/replies',
  'get /v1/tickets/{ticketId}/stream',
  'delete /v1/tickets/{ticketId}/credential-requests/{requestId}',
  'delete /v1/tickets/{ticketId}/credentials/{credentialId}',
  'patch /v1/tickets/{ticketId}',
  'patch /v1/tickets/{ticketId}/credentials/{credentialId}',
  'post /v1/tickets',
  'post /v1/tickets/{ticketId}/credential-requests',
  'post /v1/tickets/{ticketId}/credentials',
  'post /v1/tickets/{ticketId}/credentials/reveal',
  'post /v1/tickets/{ticketId}/credentials/{credentialId}/reveal',
  'post /v1/tickets/{ticketId}/replies',
];

describe('/openapi.json', () => {
  it('is OpenAPI 3.1 and has every route of the contract', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(
      operations()
        .map(({ path, method }) => `${method} ${path}`)
        .sort(),
    ).toEqual([...promised].sort());
  });

  it('has schemas that a JSON Schema 2020-12 validator accepts, with every reference resolved', () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
    formats.default(ajv);
    ajv.addVocabulary(['example', 'openapi', 'paths', 'info', 'tags', 'servers', 'components']);
    ajv.addSchema({ $id: 'https://document.test/', ...document, $schema: undefined });
    const schemas = operations().flatMap(({ facts }) => [
      ...(facts.parameters ?? []).map(({ schema }) => schema),
      ...[facts.requestBody, ...Object.values(facts.responses)].flatMap((part) =>
        Object.values(part?.content ?? {}).map(({ schema }) => schema),
      ),
    ]);
    expect(schemas.length).toBeGreaterThan(100);
    for (const schema of [...schemas, ...Object.values(document.components.schemas)]) {
      const absolute = JSON.parse(
        JSON.stringify(schema).replaceAll('"#/', '"https://document.test/#/'),
      ) as object;
      expect(() => ajv.compile(absolute)).not.toThrow();
    }
  });

  it('says nothing in the way of 3.0', () => {
    expect(JSON.stringify(document)).not.toMatch(/"nullable"|"exclusiveM(in|ax)imum":(true|false)/);
  });

  it('declares the parameters of every path, a success, the problems and the token', () => {
    for (const { path, facts } of operations()) {
      const inPath = (facts.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`).sort()).toEqual(
        (path.match(/\{\w+\}/g) ?? []).sort(),
      );
      expect(inPath.every(({ required }) => required)).toBe(true);
      expect(facts.security).toEqual([{ bearer: [] }]);
      expect(Object.keys(facts.responses)).toEqual(
        expect.arrayContaining(['401', '403', '422', '429', '503']),
      );
      for (const { headers } of Object.values(facts.responses))
        expect(headers).toHaveProperty('X-Request-Id');
    }
    expect(new Set(operations().map(({ facts }) => facts.operationId)).size).toBe(promised.length);
  });

  it('has X-Ticket-Doubted wherever a ticket may be in doubt', () => {
    for (const { path, facts } of operations()) {
      const { description = '', headers = {} } = facts.responses['503'] ?? {};
      const isMeant = description.includes('standing-unknown');
      expect([path, isMeant]).toEqual([path, path.includes('{ticketId}')]);
      expect([path, doubtedHeader in lowerCased(headers)]).toEqual([path, isMeant]);
    }
  });

  it('has pages for every list that one can get: a limit, a cursor, and where to go on', () => {
    const lists = operations().filter(
      ({ method, facts }) =>
        method === 'get' && /"type":"array"/.test(JSON.stringify(successOf(facts))),
    );
    expect(lists.length).toBeGreaterThanOrEqual(6);
    for (const { path, facts } of lists) {
      const inQuery = (facts.parameters ?? []).filter((parameter) => parameter.in === 'query');
      expect([path, inQuery.map(({ name }) => name)]).toEqual([
        path,
        expect.arrayContaining(['limit', 'cursor']),
      ]);
      expect(inQuery.find(({ name }) => name === 'limit')?.schema).toMatchObject({
        type: 'integer',
        minimum: 1,
        maximum: 100,
      });
      expect([path, successOf(facts)]).toEqual([
        path,
        expect.objectContaining({ required: ['items', 'nextCursor'] }),
      ]);
    }
  });

  it('shows a secret in the answers of the two reveals only', () => {
    const carriers = operations().filter(({ facts }) =>
      JSON.stringify(facts.responses).includes('RevealedCredentialResponse'),
    );
    expect(carriers.map(({ path }) => path).every((path) => path.endsWith('/reveal'))).toBe(true);
    expect(carriers).toHaveLength(2);
    const holders = Object.entries(document.components.schemas).filter(
      ([, { properties }]) => properties !== undefined && 'password' in properties,
    );
    expect(holders.map(([name]) => name).sort()).toEqual([
      'RevealedCredentialResponse',
      'SubmitCredentialRequest',
    ]);
  });

  it('is the document in docs/, which is made of the operations, as are the types of the page’s client (npm run openapi)', async () => {
    expect(document).toEqual(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
    expect(document).toEqual(JSON.parse(JSON.stringify(await openApiDocument())));
    expect(readFileSync('apps/web/src/api/schema.ts', 'utf8')).toBe(await typesOf(document));
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingVariables } from './command-environments.js';

const url = 'amqp://tickets:secret@127.0.0.1:5672';
const ours = { RABBITMQ_URL: url, TICKETS_DATABASE_URL: 'postgres://x' };
let folder: string;
let commandEnvironments: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
  commandEnvironments = join(folder, 'command-environments.json');
  writeFileSync(commandEnvironments, JSON.stringify({ tickets: ours }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const missing = (env: NodeJS.ProcessEnv) =>
  missingVariables({ commandEnvironments }, 'tickets', env);

describe('a command', () => {
  it.each([{}, { PATH: '/bin' }, { RABBITMQ_URL: '' }, { RABBITMQ_URL: url }])(
    'finds the stack of its folder: %j',
    (env) => {
      expect(missing(env)).toEqual(ours);
    },
  );

  it.each([{ RABBITMQ_URL: 'amqp://elsewhere' }, { RABBITMQ_URL_FILE: '/run/secrets/broker' }])(
    'that is told of one server of another system takes none of this one: %j',
    (env) => {
      expect(missing(env)).toEqual({});
    },
  );

  it('without a stack sees the environment as it is', () => {
    expect(
      missingVariables({ commandEnvironments: join(folder, 'none.json') }, 'tickets', {}),
    ).toEqual({});
  });
});

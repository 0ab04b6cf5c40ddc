import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { DirectoryKeyRing, KvKeyRing } from '#envelope';
import { KvServer } from '../support/kv-server.js';
import { keyRingConformance } from './key-ring.js';

describe('a ring in a directory', () => {
  keyRingConformance(() => {
    const directory = mkdtempSync(join(tmpdir(), 'ring-'));
    return Promise.resolve({
      open: () => DirectoryKeyRing.open(directory),
      clear: () => {
        for (const name of readdirSync(directory)) rmSync(join(directory, name));
      },
      close: () => {
        rmSync(directory, { recursive: true });
      },
    });
  });
});

describe('a ring in a KV secrets engine', () => {
  keyRingConformance(async () => {
    const server = await KvServer.start();
    const settings = {
      url: server.url,
      mount: 'secret',
      path: 'private-credentials/keys',
      token: () => server.token,
    };
    return {
      open: () => KvKeyRing.open(settings),
      clear: () => {
        server.secrets.clear();
      },
      close: () => server.stop(),
    };
  });
});

import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#config';
import { readTicketsConfig } from './config.js';

const sound = {
  AUTH_MODE: 'dev',
  AUTH_DEV_KEY_FILE: 'key.pem',
  TICKETS_DATABASE_URL: 'postgres://u:p@127.0.0.1/tickets',
  RABBITMQ_URL: 'amqp://127.0.0.1',
};
const read = (environment: Record<string, string | undefined>) =>
  readEnvironment({ ...sound, ...environment }, readTicketsConfig);
const event = { source: '/legacy-desk', ticketId: 'legacy:1' };

describe('readTicketsConfig', () => {
  it('mirrors no home by default, nor where HELPDESK_HOMES is empty', () => {
    for (const environment of [{}, { HELPDESK_HOMES: '' }, { HELPDESK_HOMES: '{}' }]) {
      expect(() => {
        read(environment).homes.requireTrustedSource(event, undefined);
      }).toThrow('no home');
    }
  });

  it('mirrors the homes of HELPDESK_HOMES', () => {
    const { homes } = read({ HELPDESK_HOMES: '{"/legacy-desk": {"prefix": "legacy:"}}' });
    expect(() => {
      homes.requireTrustedSource(event, undefined);
    }).not.toThrow();
  });

  it.each([
    's3cret',
    '{"/s3cret": {"prefix": ""}}',
    '["/s3cret"]',
    '{"/tickets": {"prefix": "s3cret:"}}',
  ])('refuses a wrong HELPDESK_HOMES by its name, without its value (%#)', (HELPDESK_HOMES) => {
    expect(() => read({ HELPDESK_HOMES })).toThrow(/^configuration: HELPDESK_HOMES must/);
    expect(() => read({ HELPDESK_HOMES })).not.toThrow(/s3cret/);
  });
});

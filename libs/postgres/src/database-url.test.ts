import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#config';
import { parseDatabaseUrl, readDatabaseUrl } from './database-url.js';

const faultOf = (url: string): string => {
  try {
    readEnvironment({ DATABASE_URL: url }, (read) => readDatabaseUrl(read, 'DATABASE_URL'));
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the URL of a database', () => {
  it('leads over TCP, or over a Unix socket in either form', () => {
    const who = { user: 'me', password: 'p@ss', database: 'db' };
    expect(parseDatabaseUrl('postgres://me:p%40ss@[::1]:5433/db')).toMatchObject({
      ...who,
      host: '::1',
      port: 5433,
    });
    expect(parseDatabaseUrl('postgresql://me:p%40ss@/db?host=/var/run/postgresql')).toMatchObject({
      ...who,
      host: '/var/run/postgresql',
    });
    expect(parseDatabaseUrl('postgres://me:p%40ss@%2Frun%2Fpg:5433/db')).toMatchObject({
      ...who,
      host: '/run/pg',
      port: 5433,
    });
  });

  it.each([
    ['disable', false],
    ['no-verify', { rejectUnauthorized: false }],
    ['require', {}],
    ['verify-ca', {}],
    ['verify-full', {}],
  ])('keeps the word sslmode=%s, and checks the certificate unless told not to', (word, ssl) => {
    expect(parseDatabaseUrl(`postgres://h/db?sslmode=${word}`).ssl).toEqual(ssl);
  });

  it.each([
    ['mysql://h/db', 'must be a URL that begins with postgres: or postgresql:'],
    [
      'postgres://me:hunter2@h:port/db',
      'must be a URL; what is special in it must be percent-encoded',
    ],
    [
      'postgres://me:hunter2@one:5432,two:5433/db',
      'names several hosts: give the one address that leads to the primary',
    ],
    ['postgres:///db?host=one,two', 'names several hosts'],
    [
      'socket://me:hunter2@/run/pg?db=db',
      'write it as postgres://user:password@/database?host=/directory',
    ],
    [
      'postgres://h/db?sslmode=prefer',
      'has sslmode=prefer, which cannot be kept; possible are disable, no-verify, require',
    ],
    ['postgres://h/db?sslmode=verify_full', 'has sslmode=verify_full, which cannot be kept'],
    ['postgres://h/db?sslmod=require', 'has sslmod, which would be ignored'],
    [
      'postgres://h/db?sslmode=require&channel_binding=require',
      'has channel_binding, which would be ignored',
    ],
    [
      'postgres://h/db?target_session_attrs=read-write',
      'has target_session_attrs, which would be ignored',
    ],
    ['postgres://h/db?statement_timeout=0', 'has statement_timeout, which would be ignored'],
    [
      'postgres://h/db?sslrootcert=/nonexistent/hunter2',
      'names a certificate file that cannot be read',
    ],
    ['postgres://me:a?hunter2@h/db', 'has an @ after a question mark'],
    ['postgres://me:1?hunter2%21/db', 'has a parameter, which would be ignored'],
  ])('is refused, by the name of its variable and without a value: %s', (url, fault) => {
    expect(faultOf(url)).toContain(
      `DATABASE_URL ${fault.startsWith('write') ? 'is of a Unix socket: ' : ''}${fault}`,
    );
    expect(faultOf(url)).not.toContain('hunter2');
  });

  it('is not the only place of sslmode: PGSSLMODE is held to the same words where the URL has none', () => {
    const read = (PGSSLMODE: string, query = '') =>
      readEnvironment({ PGSSLMODE, DATABASE_URL: `postgres://h/db${query}` }, (reader) =>
        readDatabaseUrl(reader, 'DATABASE_URL'),
      );
    expect(() => read('verify_full')).toThrow('PGSSLMODE is verify_full, which cannot be kept');
    expect(() => read('verify_full', '?sslmode=disable')).not.toThrow();
    expect(() => read('verify-full')).not.toThrow();
  });
});

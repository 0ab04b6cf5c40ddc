import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '#config';
import { Problem } from '#problem';
import { createLogger, type LogLevel } from './logger.js';
import { type LogFields } from './fields.js';
import { NestLogger } from './nest-logger.js';

const secret = 'hunter2-s3cr3t';

function capture(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createLogger({
    service: 'test',
    level,
    destination: { write: (line) => lines.push(line) },
  });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('a log line', () => {
  it('is JSON with time, level, service and event', () => {
    const { log, last } = capture();
    log.info('request', { requestId: 'r', status: 200 });
    expect(last()).toMatchObject({
      level: 'info',
      service: 'test',
      event: 'request',
      requestId: 'r',
      status: 200,
    });
    expect(new Date(last().time as string).toISOString()).toBe(last().time);
  });

  it('drops every field that is not named, and every value that is neither text nor number', () => {
    const { log, lines, last } = capture();
    const smuggled = {
      password: secret,
      body: { password: secret },
      ticketId: { secret },
      code: [secret],
      requestId: 'r',
    };
    log.info('request', smuggled as unknown as LogFields);
    expect(Object.keys(last()).sort()).toEqual(['event', 'level', 'requestId', 'service', 'time']);
    expect(lines.join('')).not.toContain(secret);
  });

  it('keeps to one line and to a length', () => {
    const { log, lines, last } = capture();
    log.info('request', { ticketId: `a\n{"level":"error"}${'x'.repeat(1000)}` });
    expect(lines.join('').trim().split('\n')).toHaveLength(1);
    expect(last().ticketId).toHaveLength(512);
  });

  it('is not written below the level', () => {
    const { log, lines } = capture('warn');
    log.debug('a');
    log.info('b');
    log.warn('c');
    expect(lines).toHaveLength(1);
  });
});

describe('an error in the log', () => {
  it('is its class, code and frames, never its message, nor those of its causes', () => {
    const { log, lines, last } = capture();
    const cause = Object.assign(new Error(`Key (username)=(${secret}) already exists`), {
      code: '23505',
      detail: secret,
    });
    const error = new TypeError(`at ${secret}\n    at ${secret} (x)\n    at /a/b.js is ${secret}`, {
      cause,
    });
    log.error('request failed', { error });
    expect(last().error).toMatchObject({
      name: 'TypeError',
      cause: { name: 'Error', code: '23505' },
    });
    expect((last().error as { frames: string[] }).frames[0]).toContain('logger.test');
    expect(lines.join('')).not.toContain(secret);
  });

  it('keeps the message where we wrote it', () => {
    const { log, last } = capture();
    log.error('request failed', {
      error: new Problem('unavailable', 'The tickets service cannot be reached'),
    });
    expect(last().error).toMatchObject({
      message: 'unavailable: The tickets service cannot be reached',
    });
    log.error('start failed', {
      error: new ConfigError([{ variable: 'PORT', fault: 'is missing' }]),
    });
    expect(last().error).toMatchObject({ message: 'configuration: PORT is missing' });
  });

  it('may be anything that was thrown, or point at itself', () => {
    const { log, last } = capture();
    log.error('request failed', { error: secret });
    expect(last().error).toEqual({ name: 'string' });
    const circle = new Error('x');
    circle.cause = circle;
    log.error('request failed', { error: circle });
    expect(last().error).toMatchObject({ name: 'Error' });
  });
});

describe('NestLogger', () => {
  it('tells where an error of the framework came from, not what it said', () => {
    const { log, lines, last } = capture();
    const nest = new NestLogger(log);
    nest.error(`invalid ${secret}`, new Error(secret).stack, 'ExceptionsHandler');
    expect(last()).toMatchObject({ level: 'error', check: 'ExceptionsHandler' });
    nest.error(new Error(secret));
    expect((last().error as { frames: string[] }).frames.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toContain(secret);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { Ports } from './ports.js';

describe('ports', () => {
  const [one, other] = [new Ports(), new Ports()];

  afterEach(() => {
    one.release();
    other.release();
  });

  it('chosen by one launcher are not chosen by another before anybody listens there', async () => {
    const port = await one.findConsecutive(20_500, 1);
    expect(await other.findConsecutive(20_500, 1)).toBeGreaterThan(port);
    expect(await other.takeConsecutive(port, 1)).toBe(false);
    one.release();
    expect(await other.takeConsecutive(port, 1)).toBe(true);
  });

  it('that one wants in a row are taken all or not at all', async () => {
    const first = await one.findConsecutive(21_500, 3);
    expect(await other.takeConsecutive(first - 1, 2)).toBe(false);
    one.release();
    expect(await other.takeConsecutive(first - 1, 4)).toBe(true);
  });

  it('on which somebody listens are not chosen', async () => {
    const port = await one.findFree();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    one.release();
    expect(await other.takeConsecutive(port, 1)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type CredentialsUnderTest,
  metric,
  newTicket,
  secret,
  startCredentials,
  stored,
} from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials({ standingLeaseSeconds: 0 });
});
afterAll(() => service.stop());

describe('a fault of tickets', () => {
  it.each(['regressed', 'unknown', 'not-understood'] as const)(
    '(%s) reveals, edits, deletes and lists nothing, and raises an alarm',
    async (fault) => {
      const { ticketId, path } = newTicket(service, { phase: 2, version: 9 });
      const one = `${path}/${(await service.call('customer-1', 'POST', path, secret)).body.id}`;
      const before = await metric(service, `standing_faults_total{fault="${fault}"`);
      const right = service.tickets.answers.get(ticketId)!;
      if (fault === 'unknown') service.tickets.answers.delete(ticketId);
      else if (fault === 'regressed') service.tickets.set(ticketId, { phase: 0, version: 3 });
      else service.tickets.set(ticketId, { doubted: true });
      const agent = (method: string, at: string, body?: object) =>
        service.call('agent-1', method, at, body, { 'if-match': '*' });
      const answers = [
        await agent('POST', `${path}/reveal`),
        await agent('PATCH', one, { additionalInformation: 'x' }),
        await agent('GET', path),
        await agent('GET', one),
      ];
      answers.push(
        await agent('GET', `/v1/tickets/${ticketId}/access-log`),
        await agent('DELETE', one),
      );
      answers.push(await service.call('customer-1', 'POST', path, secret));
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 503, body: { code: 'standing-unknown' } });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(await stored(service, ticketId)).toBe(1);
      expect(await metric(service, `standing_faults_total{fault="${fault}"`)).toBe(
        before + answers.length,
      );
      expect(await metric(service, 'tickets_in_doubt')).toBeGreaterThan(0);
      service.tickets.answers.set(ticketId, { ...right, version: right.version + 2 });
      expect((await agent('POST', `${path}/reveal`)).status).toBe(200);
    },
  );
});

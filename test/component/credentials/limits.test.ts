import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withConnection } from '#postgres';
import { purgeCounts } from '../../../apps/credentials/src/limits/shared-counter.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials({ limits: { reveals: 60, submits: 60 } });
});
afterAll(() => service.stop());

it('counts per actor go when their time is over: nobody is kept for having called once', async () => {
  await service.call('customer-1', 'POST', newTicket(service).path, secret);
  await service.database.query(
    "INSERT INTO rate_limit VALUES ('reveals:long-gone', 1, extract(epoch FROM now() - interval '1 second') * 1000)",
  );
  await withConnection({ url: service.database.serviceUrl }, (sql) => purgeCounts(sql));
  expect(await service.database.query('SELECT key FROM rate_limit')).toEqual([{ key: 'submits:customer-1' }]);
});

import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { SubmitCredentialRequest } from '#requests';
import { CredentialLifetime } from './credential-lifetime.js';

const invalid = expect.objectContaining({ code: 'invalid' });

describe('the lifetime of a credential', () => {
  const lifetime = new CredentialLifetime(86_400);

  it('is the longest where nothing else is asked for', () => {
    expect(lifetime.of(undefined)).toBe(86_400);
  });

  it('is what is asked for, and never longer than CREDENTIAL_TTL_DAYS', () => {
    expect(lifetime.of(86_399)).toBe(86_399);
    expect(lifetime.of(86_400)).toBe(86_400);
    expect(() => lifetime.of(86_401)).toThrow(invalid);
  });

  it('is 300 seconds at least', () => {
    const faults = (expiresIn: number) =>
      validateSync(
        Object.assign(new SubmitCredentialRequest(), { username: 'u', password: 'p', expiresIn }),
      ).map(({ property }) => property);
    expect([faults(299), faults(300)]).toEqual([['expiresIn'], []]);
  });
});

import { problemOf } from '../../api/problem.js';
import { storageKey } from '../tab-storage.js';
import { fetchPageData } from './fetch-page-data.js';
import { type DevPerson } from './sign-in-config.js';

/** The chosen person survives a reload. The token is never stored. */
const rememberedKey = storageKey('dev-person');

export function rememberedPerson(people: readonly DevPerson[]): DevPerson | undefined {
  const sub = sessionStorage.getItem(rememberedKey);
  return people.find((person) => person.sub === sub);
}

export function rememberPerson(person: DevPerson): void {
  sessionStorage.setItem(rememberedKey, person.sub);
}

/** @throws ApiProblem */
export async function devToken({ sub, name, roles }: DevPerson): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetchPageData('dev/token', {
    method: 'POST',
    headers,
    body: JSON.stringify({ sub, name, roles }),
  });
  if (!response.ok) throw problemOf(response, undefined);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

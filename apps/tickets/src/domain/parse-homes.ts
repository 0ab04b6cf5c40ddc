import {
  isObject,
  isStatus,
  ownHome,
  StatusWords,
  ticketIdPattern,
  type TicketStatus,
  ticketStatuses,
  uuidPattern,
} from '#contracts';
import { type Home, Homes } from './homes.js';

const isSource = (source: string): boolean => /^[\x21-\x7e]{1,512}$/.test(source);
const isUser = (user: unknown): boolean =>
  user === undefined || (typeof user === 'string' && user.length >= 1 && user.length <= 255);

/**
 * The allow-list of `HELPDESK_HOMES`: `{"<source>": {"prefix": "<id prefix>",
 * "user"?: "<broker user>", "statuses"?: {"<word>": "<status>"}}}`.
 * @throws Error whose message continues the variable's name, and
 *   states the rule, never a value
 */
export function parseHomes(document: unknown): Homes {
  assertRule(isObject(document), 'must be a JSON object of homes, by their source');
  const homes = Object.entries(document).map(([source, facts]) => parseHome(source, facts));
  const prefixes = homes.map(({ prefix }) => prefix).sort();
  const clash = prefixes.some((prefix, index) => prefixes[index + 1]?.startsWith(prefix));
  assertRule(!clash, 'must not have a prefix that is, or begins, the prefix of another home');
  return new Homes(homes);
}

function parseHome(source: string, facts: unknown): Home {
  assertRule(
    isSource(source),
    'must have sources of 1 to 512 printable ASCII characters without spaces',
  );
  assertRule(source !== ownHome, `must not have ${ownHome}, which is the home of our own tickets`);
  assertRule(isObject(facts), 'must have an object for each home');
  const { prefix, user, statuses = {}, ...unknown } = facts;
  assertRule(
    Object.keys(unknown).length === 0,
    'must have nothing but prefix, user and statuses for a home',
  );
  assertRule(
    typeof prefix === 'string' && prefix.length < 128 && ticketIdPattern.test(prefix),
    'must have a prefix of 1 to 127 letters, digits, ".", "_", ":" and "-" for each home, the ' +
      'first a letter or digit',
  );
  assertRule(
    !beginsUuid(prefix),
    'must not have a prefix that could begin a UUID, since those are the ids of our own tickets',
  );
  assertRule(isUser(user), 'must have a user of 1 to 255 characters where a home has one');
  return { source, prefix, user: user as string | undefined, statuses: parseStatuses(statuses) };
}

function parseStatuses(words: unknown): StatusWords {
  assertRule(
    isObject(words),
    'must have an object of statuses, by the words of the home, where it has any',
  );
  assertRule(
    Object.values(words).every(isStatus),
    `must have statuses that are each one of ${ticketStatuses.join(', ')}`,
  );
  assertRule(
    !StatusWords.clash(Object.keys(words)),
    'must not have two words for statuses of a home that differ in case alone',
  );
  return new StatusWords(Object.entries(words as Record<string, TicketStatus>));
}

const anyUuid = '00000000-0000-0000-0000-000000000000';

/** Case-insensitive, since a person comparing two ids overlooks case. */
const beginsUuid = (prefix: string): boolean =>
  uuidPattern.test((prefix + anyUuid.slice(prefix.length)).toLowerCase());

function assertRule(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new Error(rule);
}

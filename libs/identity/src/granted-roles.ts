import { type Role, roles } from '#contracts';

/** The issuer's names of our roles, where it has others: `support-agent` → `agent`. */
export type RolesMap = Readonly<Record<string, Role>>;

type Claims = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws Error that quotes no value */
export function parseRolesMap(document: unknown): RolesMap {
  const isRole = (name: unknown): name is Role => roles.some((role) => role === name);
  if (!isObject(document) || !Object.values(document).every(isRole))
    throw new Error(`must be a JSON object whose values are of ${roles.join(', ')}`);
  return document as RolesMap;
}

/**
 * Our roles among those that a token grants; a name in the map means what it says
 * there, whatever it means to us.
 */
export function grantedRoles(claims: Claims, claim: string, map: RolesMap): readonly Role[] {
  const names = namesIn(valueAt(claims, claim)).filter((name) => typeof name === 'string');
  const granted = names.map((name) => (Object.hasOwn(map, name) ? map[name] : name));
  return roles.filter((role) => granted.includes(role));
}

/**
 * Where the roles stand. A dot may be part of a name (`https://desk.example/roles`) or
 * lead into an object (`realm_access.roles`), and only the token tells which: the whole
 * name is tried first, then what may be an object's, the longest first.
 */
function valueAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const inner = Object.hasOwn(claims, path.slice(0, dot))
      ? claims[path.slice(0, dot)]
      : undefined;
    const found = isObject(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Issuers write them as an array, as a text like that of `scope`, or as an object
 * that has them as its keys.
 */
function namesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value.split(/[\s,]+/);
  return isObject(value)
    ? Object.keys(value).filter((name) => value[name] !== false && value[name] !== null)
    : [];
}

/**
 * More parameters of a request to the issuer; several values of one name are sent one by
 * one, as RFC 8707 wants `resource`.
 */
export type FormParameters = Readonly<Record<string, string | readonly string[]>>;

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * Of a variable that holds a JSON object.
 * @param ours names that are decided here: another value would break the
 *   request, or what protects it
 * @throws Error that quotes no value
 */
export function parseFormParameters(document: unknown, ours: readonly string[]): FormParameters {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new Error('must be a JSON object');
  for (const [name, value] of Object.entries(document)) {
    if (ours.includes(name)) throw new Error(`must not hold any of ${ours.join(', ')}`);
    if (!isText(value) && !(Array.isArray(value) && value.every(isText)))
      throw new Error('must hold texts, or arrays of texts');
  }
  return document as FormParameters;
}

export function appendParameters(form: URLSearchParams, parameters: FormParameters): void {
  for (const [name, values] of Object.entries(parameters))
    for (const value of [values].flat()) form.append(name, value);
}

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}
interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly responses: Readonly<Record<string, Response>> }>>
    >
  >;
}

export interface Observed {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly body: unknown;
}

/** Compares answers with the OpenAPI document that the gateway serves. */
export class OpenApiCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly document: Document) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(document, 'openapi');
  }

  /**
   * @throws if the document does not describe such an answer, or describes it otherwise
   */
  requireDescribed({ method, path, status, contentType, body }: Observed): void {
    const route = Object.keys(this.document.paths).find((pattern) => matches(pattern, path)) ?? '';
    const responses = this.document.paths[route]?.[method.toLowerCase()]?.responses ?? {};
    const code = String(status) in responses ? String(status) : 'default';
    const name = `${method} ${route} → ${status}`;
    if (responses[code] === undefined)
      throw new Error(`${method} ${path} → ${status} is not described`);
    const fault =
      responses[code].content === undefined
        ? expectNoBody(body)
        : this.faultOf([route, method.toLowerCase(), code, mediaOf(contentType)], body);
    if (fault !== undefined) throw new Error(`${name}: ${fault}`);
  }

  private faultOf(
    [route = '', method = '', code = '', media = '']: string[],
    body: unknown,
  ): string | undefined {
    const pointer = ['paths', route, method, 'responses', code, 'content', media, 'schema']
      .map(escape)
      .join('/');
    const validate = this.validatorOf(`openapi#/${pointer}`);
    return validate(body) ? undefined : this.ajv.errorsText(validate.errors);
  }

  private validatorOf(ref: string): ValidateFunction {
    const known = this.validators.get(ref) ?? this.ajv.compile({ $ref: ref });
    this.validators.set(ref, known);
    return known;
  }
}

const mediaOf = (contentType: string | null): string => contentType?.split(';')[0] ?? '';

const expectNoBody = (body: unknown): string | undefined =>
  body === undefined ? undefined : 'should have no body';

const escape = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), (path.split('?')[0] ?? '').split('/')];
  const fits = wanted.every((part, place) =>
    part.startsWith('{') ? given[place] !== '' : part === given[place],
  );
  return (
    wanted.length === given.length && fits && !(pattern.endsWith('}') && given.at(-1) === 'reveal')
  );
}

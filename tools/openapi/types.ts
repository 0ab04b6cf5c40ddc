import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

const head = '/** The types of the API, made of docs/openapi.json by `npm run openapi`. */\n';

/** @returns the TypeScript types of an OpenAPI document, as apps/web reads them */
export async function typesOf(document: object): Promise<string> {
  return (
    head +
    astToString(await openapiTS(document as OpenAPI3, { exportType: true, alphabetize: true }))
  );
}

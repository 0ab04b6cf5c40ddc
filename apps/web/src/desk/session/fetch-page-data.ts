import { toProblem } from '../../api/problem.js';
import { basePath } from '../routing.js';

/**
 * Fetches what the gateway answers below the path of the page, beside the API.
 * @throws ApiProblem `unreachable` if there is no answer
 */
export const fetchPageData = (path: string, init: RequestInit): Promise<Response> =>
  fetch(basePath + path, init).catch((error: unknown) => {
    throw toProblem(error);
  });

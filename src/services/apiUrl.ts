import { mayCarryToken } from '../core/url.ts';
import { ServiceError } from './service.ts';

/** The address of an API that is sent a token, without a slash at its end. @throws {ServiceError} `refused` */
export function checkedApiUrl(text: string, service: string): string {
  const refused = (why: string): ServiceError =>
    new ServiceError('refused', `the address of the ${service} API ${why}`);
  if (!mayCarryToken(text)) throw refused('is not https, or has a name or password in it');
  const { origin, pathname, search, hash } = new URL(text);
  // A path is put behind it.
  if (search !== '' || hash !== '') throw refused('goes on after its path');
  return `${origin}${pathname.replace(/\/+$/u, '')}`;
}

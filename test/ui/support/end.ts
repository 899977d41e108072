import { shared } from './environment';

/** Ends what `start.ts` has started. */
export default async function end(): Promise<void> {
	await shared.started?.disposeAll();
}

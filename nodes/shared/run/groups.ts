import { sleep } from 'n8n-workflow';

/** So many items are prepared without a break, each in about a millisecond. */
const GROUP_SIZE = 20;

/**
 * Lets items go on in groups, with room for n8n's other work between two of them: thousands of items
 * at once would block its event loop for seconds.
 */
export class Groups {
	private size = 0;
	private open: Promise<unknown> = Promise.resolve();

	/** Resolves when the item's group may go on, in the order of the calls. */
	async turn(): Promise<void> {
		if (this.size++ >= GROUP_SIZE) {
			this.open = this.open.then(async () => await sleep(0));
			this.size = 1;
		}
		await this.open;
	}
}

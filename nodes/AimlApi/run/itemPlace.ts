import { sleep } from 'n8n-workflow';
import type { Places, Semaphore } from './concurrency';
import { RunStopped } from './runState';

/** Lets earlier items send the requests that they have prepared before another one is prepared. */
const PREPARE_AFTER_MS = 30;

/**
 * The place of one item. The item prepares its request while earlier items wait for their responses, and
 * sends it once one of them is done. So what preparing costs doesn't add to the time of the run.
 */
export class ItemPlace {
	private held: Semaphore;
	private entered?: Promise<void>;
	private absence?: Promise<void>;

	/** @param isOver whether the run has ended, so that nothing more must be sent */
	constructor(
		private readonly places: Places,
		private readonly isOver: () => boolean,
	) {
		this.held = places.preparing;
	}

	/** Runs the item once it may prepare, and returns or throws what it does. */
	async run<T>(item: () => Promise<T>): Promise<T> {
		await this.held.acquire();
		if (this.places.processing.isFull) await sleep(PREPARE_AFTER_MS);
		try {
			return await item();
		} finally {
			this.held.release();
		}
	}

	/**
	 * Waits until the item may send its first request; from then on it is being processed.
	 *
	 * @throws RunStopped if the run has ended meanwhile
	 */
	async enter(): Promise<void> {
		await (this.entered ??= this.moveOn());
	}

	/**
	 * Gives up the place during `wait`; the item gets one back before items that come after it. If it has
	 * given up its place already, for another of its downloads, it waits until it has one again.
	 */
	async releaseDuring(wait: () => Promise<void>): Promise<void> {
		if (this.absence) return void (await Promise.all([wait(), this.absence]));
		this.absence = this.held.releaseDuring(wait).finally(() => (this.absence = undefined));
		await this.absence;
	}

	private async moveOn(): Promise<void> {
		const { preparing, processing } = this.places;
		await processing.acquire();
		preparing.release();
		this.held = processing;
		if (this.isOver()) throw new RunStopped();
	}
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { EventEmitter, once } from 'node:events';
import { watch, type FSWatcher } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Editors write in several steps; a change is complete after a pause this long. */
const SETTLED_AFTER_MS = 300;

/** Watches files and folders recursively. */
export class Watcher {
	private readonly events = new EventEmitter();
	private count = 0;
	private seen = 0;
	private readonly watchers: FSWatcher[];

	constructor(paths: readonly string[]) {
		this.watchers = paths.map((path) =>
			watch(path, { recursive: true }, () => {
				this.count++;
				this.events.emit('change');
			}),
		);
	}

	/** Resolves when files have changed since the last call and no other change follows. */
	async nextChange(): Promise<void> {
		if (this.count === this.seen) await once(this.events, 'change');
		while (this.count !== this.seen) {
			this.seen = this.count;
			await sleep(SETTLED_AFTER_MS);
		}
	}

	close(): void {
		for (const watcher of this.watchers) watcher.close();
	}
}

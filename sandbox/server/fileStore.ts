import type { ResultFile } from '../media/file';

/** The path of result files. */
export const FILE_ROOT = '/files/';

export const isFilePath = (path: string): boolean => path.startsWith(FILE_ROOT);

interface StoredFile {
	file: ResultFile;
	storedAt: number;
	fetches: number;
}

/** The files that models have generated. */
export class FileStore {
	private readonly files = new Map<string, StoredFile>();

	/** Stores a file under a unique ID and returns its path. */
	add(id: string, file: ResultFile): string {
		const name = `${id}.${file.extension}`;
		this.files.set(name, { file, storedAt: Date.now(), fetches: 0 });
		const query = file.size ? `?size=${file.size}` : '';
		return `${FILE_ROOT}${file.moved ? 'moved/' : ''}${name}${query}`;
	}

	/** Fetches a file; 'gone' if it has expired, `undefined` for an unknown name. */
	fetch(name: string): ResultFile | 'gone' | undefined {
		const stored = this.files.get(name);
		if (!stored) return undefined;
		const { lastsFetches = Infinity, lastsMs = Infinity } = stored.file;
		stored.fetches += 1;
		const isLate = Date.now() - stored.storedAt > lastsMs;
		return isLate || stored.fetches > lastsFetches ? 'gone' : stored.file;
	}
}

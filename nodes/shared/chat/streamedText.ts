import { IMAGE, takeFiles } from './answerFiles';
import { ThinkTagFilter } from './reasoning';

/** The text of a streamed answer, without reasoning in front of it and files written into it. */
export class StreamedText {
	private readonly reasoning = new ThinkTagFilter();
	private readonly files = new FileFilter();

	/** @returns the part of the text that is certain by now and not yet returned */
	push(text: string): string {
		return this.files.push(this.reasoning.push(text));
	}

	/** @returns the rest of the text when the stream ends */
	end(): string {
		return this.files.push(this.reasoning.end()) + this.files.end();
	}
}

/** Longest description of an image whose data URL is waited for. */
const MOST_HELD = 500;

/** Holds back what may be a file in the forms of `takeFiles`, and all that follows one. */
class FileFilter {
	private held: string[] = [];
	private hasFile = false;
	/** Whether the line that `held` continues is blank so far. */
	private isLineStart = true;

	push(text: string): string {
		this.held.push(text);
		if (this.hasFile) return '';
		const whole = this.held.join('');
		const file = Math.min(beginOfImage(whole), this.beginOfLine(whole, isDataUrl));
		this.hasFile = file < whole.length;
		const begin = this.hasFile ? file : this.beginOfPending(whole);
		this.held = [whole.slice(begin)];
		return this.release(whole.slice(0, begin));
	}

	end(): string {
		return takeFiles(this.held.join('')).text;
	}

	private release(text: string): string {
		const line = text.slice(text.lastIndexOf('\n') + 1);
		this.isLineStart = (this.isLineStart || line.length < text.length) && line.trim() === '';
		return text;
	}

	/** Where something begins that may become a file; only the end of the text can. */
	private beginOfPending(text: string): number {
		const from = Math.max(0, text.length - MOST_HELD);
		const image = beginOfPendingImage(text.slice(from));
		const line = this.beginOfLine(text, mayBeDataUrl, text.lastIndexOf('\n') + 1);
		return Math.min(from + image, text.length - line > MOST_HELD ? text.length : line);
	}

	/** Where the first line begins that `fits`, of those that begin at `from` or later. */
	private beginOfLine(text: string, fits: (line: string) => boolean, from = 0): number {
		for (let at = from, next; at < text.length; at = next + 1) {
			next = text.indexOf('\n', at);
			if (next < 0) next = text.length;
			const isStart = at > 0 || this.isLineStart;
			if (isStart && fits(text.slice(at, next).trimStart())) return at;
		}
		return text.length;
	}
}

const SCHEME = 'data:';

const isDataUrl = (line: string): boolean => /^data:\S/.test(line);
const mayBeDataUrl = (line: string): boolean => SCHEME.startsWith(line);

/** Where an image in Markdown with a data URL begins; the text's length if there is none. */
function beginOfImage(text: string): number {
	const first = text.indexOf('![');
	const url = first < 0 ? -1 : text.indexOf(IMAGE, first);
	return url < 0 ? text.length : text.lastIndexOf('![', url);
}

/** Where an image begins whose URL isn't known yet; the text's length if there is none. */
function beginOfPendingImage(text: string): number {
	for (let at = text.indexOf('!'); at >= 0; at = text.indexOf('!', at + 1)) {
		const image = text.slice(at);
		if (image === '!') return at;
		const url = image.indexOf('](');
		const isPending = url < 0 || SCHEME.startsWith(image.slice(url + 2));
		if (image.startsWith('![') && isPending) return at;
	}
	return text.length;
}

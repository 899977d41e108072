import { createHash } from 'crypto';

/** An uploaded file as the API's schemas describe it, with a digest of its bytes. */
export interface UploadedFile {
	fieldname: string;
	originalname: string;
	encoding: '7bit';
	mimetype: string;
	size: number;
	sha256: string;
}

type Value = string | UploadedFile;

export const isForm = (contentType: string | undefined): contentType is string =>
	/^multipart\/form-data\b/i.test(contentType ?? '');

/** The text of a body, without a form's boundary, which differs in each request. */
export function textOf(bytes: Buffer, contentType: string | undefined): string {
	const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '') ?? [];
	const boundary = quoted ?? bare;
	return boundary ? bytes.toString().replaceAll(boundary, '') : bytes.toString();
}

/**
 * Parses a multipart body; repeated fields become a list.
 *
 * @throws TypeError if it isn't one
 */
export async function parseForm(
	bytes: Buffer,
	contentType: string,
): Promise<Record<string, Value | Value[]>> {
	const request = new Response(bytes, { headers: { 'content-type': contentType } });
	const fields = new Map<string, Value[]>();
	for (const [name, part] of await request.formData()) {
		const value = typeof part === 'string' ? part : await describe(name, part);
		fields.set(name, [...(fields.get(name) ?? []), value]);
	}
	return Object.fromEntries(
		[...fields].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
	);
}

async function describe(fieldname: string, file: File): Promise<UploadedFile> {
	const bytes = Buffer.from(await file.arrayBuffer());
	return {
		fieldname,
		originalname: file.name,
		encoding: '7bit',
		mimetype: file.type || 'application/octet-stream',
		size: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
	};
}

import fastify from 'fastify';

/** A file to put into a request. */
export interface SampleFile {
	fileName: string;
	mimeType: string;
	bytes: Buffer;
}

const sample = (fileName: string, mimeType: string): SampleFile => ({
	fileName,
	mimeType,
	bytes: Buffer.from(`what is in ${fileName}`),
});

const image = sample('photo.png', 'image/png');
const SAMPLES: Array<[names: RegExp, file: SampleFile]> = [
	[/video|clip/, sample('clip.mp4', 'video/mp4')],
	[/audio|voice|speech|song|recording/, sample('speech.mp3', 'audio/mpeg')],
	[/mesh|model_3d/, sample('chair.glb', 'model/gltf-binary')],
	[/image|photo|picture|frame|mask|alpha/, image],
	[/document|file|page|pdf/, sample('report.pdf', 'application/pdf')],
];

/** A file of the kind that the names in a path suggest; `otherwise` if they suggest none. */
export function sampleFor(path: string[], otherwise = image): SampleFile {
	const named = path.toReversed().flatMap((name) => SAMPLES.filter(([names]) => names.test(name)));
	return named[0]?.[1] ?? otherwise;
}

export const recording = SAMPLES[1][1];

/** Serves the sample files on the loopback interface. */
export async function serveSampleFiles(): Promise<{ url: string; close(): Promise<void> }> {
	const server = fastify({ forceCloseConnections: true });
	for (const [, { fileName, mimeType, bytes }] of SAMPLES) {
		server.get(`/${fileName}`, async (_request, reply) => reply.type(mimeType).send(bytes));
	}
	const url = await server.listen({ port: 0, host: '127.0.0.1' });
	return { url, close: async () => await server.close() };
}

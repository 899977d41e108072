/**
 * Something the user entered cannot be sent. Thrown by the functions that read parameters, before
 * anything is paid for; the run policy turns it into n8n's error, with the item it belongs to.
 */
export class InputError extends Error {
	/**
	 * @param message what is wrong, the field's display name in single quotes
	 * @param description what to do about it
	 */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'InputError';
	}
}

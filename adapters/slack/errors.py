"""What each of Slack's error codes means for a message: one table.

Codes: the errors named by the reference pages of the methods that we call and their neighbours, and
two that only posting to a person gives. An unknown one is taken for our own mistake: nobody is
written off for it, and the log names it.
"""

from bot.ports import Trouble

_CODES: dict[Trouble, str] = {
    Trouble.SOON: """
        external_channel_migrating fetch_members_failed message_limit_exceeded rate_limited
        ratelimited request_timeout restricted_too_many service_unavailable
        streaming_state_conflict team_added_to_org update_failed
    """,
    Trouble.UNCLEAR: """
        fatal_error internal_error
    """,
    Trouble.PERSON: """
        app_access_restricted cannot_dm_bot cannot_dm_user invalid_user_combination
        messages_tab_disabled user_email_unverified user_not_in_channel
    """,
    Trouble.GONE: """
        is_inactive user_disabled user_not_found user_not_visible users_not_found
    """,
    Trouble.PLACE: """
        cant_broadcast_message channel_is_limited_access channel_not_found
        duplicate_channel_not_found ekm_access_denied invalid_channel is_archived
        method_not_supported_for_channel_type not_in_channel posting_to_channel_denied
        restricted_action restricted_action_non_threadable_channel
        restricted_action_read_only_channel restricted_action_thread_locked
        restricted_action_thread_only_channel slack_connect_blocked_file_type
        slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
        slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked
        slack_connect_lists_sharing_blocked
    """,
    Trouble.WORKSPACE: """
        access_denied accesslimited account_inactive bad_client_secret bad_token
        cannot_install_an_org_installed_app client_id_token_mismatch enterprise_is_restricted
        forbidden_team invalid_auth invalid_client_id invalid_refresh_token invalid_token
        missing_scope no_permission no_scopes not_allowed_token_type not_authed not_bearer_token
        not_enabled org_login_required preview_feature_not_available send_on_behalf_not_allowed
        team_not_found token_expired token_revoked two_factor_setup_required
    """,
    Trouble.OURS: """
        alt_txt_too_large as_user_not_supported attachment_payload_limit_exceeded bad_redirect_uri
        block_mismatch blocked_file_type cannot_reply_to_message cant_update_message
        deprecated_endpoint draft_already_deleted draft_already_sent draft_has_conflict
        draft_not_found duplicate_external_id duplicate_message_not_found edit_window_closed
        exchanged_trigger_id expired_trigger_id file_deleted file_is_deleted file_not_found
        file_share_limit_reached file_type_not_allowed file_upload_size_restricted
        file_uploads_disabled file_uploads_except_images_disabled hash_conflict insecure_request
        invalid_arg_name invalid_array_arg invalid_attachments invalid_blocks
        invalid_blocks_format invalid_charset invalid_code invalid_code_verifier invalid_cursor
        invalid_form_data invalid_grant_type invalid_limit invalid_metadata_filter_keys
        invalid_metadata_format invalid_metadata_schema invalid_post_type
        invalid_scheduled_message_id invalid_time invalid_trigger_id invalid_ts_latest
        invalid_ts_oldest is_bot limit_required markdown_text_conflict max_file_sharing_exceeded
        message_not_found metadata_must_be_sent_from_app metadata_too_large method_deprecated
        missing_args missing_argument missing_file_data missing_post_type missing_profile_id
        msg_blocks_too_long msg_too_long no_dual_broadcast_content_update no_text not_enough_users
        not_found not_implemented oauth_authorization_url_mismatch pkce_not_allowed
        snippet_too_large storage_limit_reached time_in_past time_too_far too_many_attachments
        too_many_contact_cards too_many_users unable_to_share_files unknown_method
        unknown_snippet_type unknown_subtype users_list_not_supplied view_too_large
    """,
}
TROUBLES = {code: trouble for trouble, codes in _CODES.items() for code in codes.split()}


def trouble_of(code: str) -> Trouble:
    """The class of a code."""
    return TROUBLES.get(code, Trouble.OURS)

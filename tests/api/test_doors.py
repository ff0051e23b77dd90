"""Who comes in, with what, and how a request that does not fit is told so."""

from registry import clients


def test_a_client_reads_what_its_offices_give(speak, places):
    told = speak("platform").get("/me").json()
    assert {"ability": "cases.write", "stage": "", "place": places.hexi.code} in told["scopes"]
    assert not [one for one in told["scopes"] if one["ability"] == "cases.act"]
    assert {"ability": "cases.act", "stage": "street", "place": places.street.code} in speak("street").get(
        "/me"
    ).json()["scopes"]


def test_every_answer_says_how_often_one_may_ask_and_which_request_it_was(speak):
    told = speak("platform").get("/me", X_Request_ID="abc-1")
    assert told["X-Request-ID"] == "abc-1" and told["API-Version"]
    assert int(told["RateLimit-Remaining"]) < int(told["RateLimit-Limit"])


def test_without_a_token_nobody_comes_in(client, db):
    told = client.get("/api/v1/me")
    assert told.status_code == 401 and told["Content-Type"] == "application/problem+json"
    assert told.json()["code"] == "not_authenticated" and told["WWW-Authenticate"].startswith("Bearer")


def test_a_suspended_client_and_a_rotated_key_end_at_once(speak):
    one = speak("platform")
    clients.suspend(one.client)
    assert one.get("/me").json()["code"] == "invalid_token"
    clients.resume(one.client)
    one.token = one.fresh_token()
    assert one.get("/me").status_code == 200
    clients.rotate(one.client)
    assert one.get("/me").status_code == 401


def test_unknown_parameters_and_addresses_are_told(speak):
    told = speak("platform").get("/me?colour=red")
    assert told.status_code == 400 and told.json()["invalid_params"][0]["name"] == "/colour"
    told = speak("platform").get("/nowhere")
    assert told.status_code == 404 and told["Content-Type"] == "application/problem+json"


def test_a_value_that_is_no_choice_is_told_what_could_be_chosen(speak):
    for told in (
        speak("platform").post("/exports", {"what": "orgs", "format": "ndjson"}),
        speak("platform").get("/cases?state=gone"),
    ):
        wrong = told.json()["invalid_params"][0]
        assert told.status_code == 400 and wrong["code"] == "invalid_choice"
        assert "可以是 " in wrong["reason"] and ("organisations" in wrong["reason"] or "returned" in wrong["reason"])
